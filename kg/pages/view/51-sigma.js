"use strict";
// Beyond a thousand nodes: sigma.js by WebGL, at the same places, with the same state.
{
  const MANY = 20_000;
  const LINKS = 5_000; // more of them are a grey wall from afar: those of what is selected show, and from near those in sight
  const NEAR = 0.3;
  const parts = (colour) => (colour.startsWith("#") ? [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16)) : colour.match(/[\d.]+/g).slice(0, 3).map(Number));
  const mixed = (colour, paper, share) => {
    const other = parts(paper);
    return `#${parts(colour).map((part, i) => Math.round(part * share + other[i] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
  };

  View.sigmaRenderer = (container, tell) => {
    const { model } = View;
    let current = { state: View.state(), shown: View.shown(), lit: View.lit() };
    let fresh = true;
    let look = View.palette();
    const many = model.nodes.length > MANY;
    const graph = new graphology({ multi: true, type: "directed" });
    const extent = (key) => model.nodes.reduce(([low, high], node) => [Math.min(low, node[key]), Math.max(high, node[key])], [Infinity, -Infinity]);
    const [left, right] = extent("x");
    const [top, bottom] = extent("y");
    const fitted = Math.min(container.clientWidth / (right - left || 1), container.clientHeight / (bottom - top || 1));
    const most = Math.min(6, Math.max(1.3, 20 * fitted)); // rows are 44 apart
    const sizeOf = (node) => most * (0.7 + node.size / 60);
    // Mixed with the page's colour rather than let through: WebGL adds up what lies on top of each other.
    const pale = (colour) => mixed(colour, look.paper, many ? 0.12 : 0.22);

    const edgeColours = (edge) => {
      const strong = (edge.kind && View.ink(View.kinds.get(edge.kind)?.colour)) || View.colourOf(View.nodes.get(edge.to));
      return { strong, color: pale(strong) };
    };

    for (const node of model.nodes) graph.addNode(node.id, { x: node.x, y: -node.y, size: sizeOf(node), label: View.title(node), color: View.colourOf(node), shape: View.shapeOf(node.class) });
    const add = (edge) => graph.addEdgeWithKey(edge.id, edge.from, edge.to, { ...edgeColours(edge), size: many ? 1 : edge.width / 2, dashes: edge.dashes });

    // Only links that are to be seen are in the renderer's graph.
    const wanted = () => {
      const { shown, lit } = current;
      if (lit) return lit.edges;
      if (model.edges.length <= LINKS) return shown.edges;
      if (!renderer || camera.ratio >= NEAR) return new Set();
      const [low, high] = [renderer.viewportToGraph({ x: 0, y: 0 }), renderer.viewportToGraph({ x: container.clientWidth, y: container.clientHeight })];
      const inSight = (id) => {
        const { x, y } = View.nodes.get(id);
        return x >= low.x && x <= high.x && -y <= low.y && -y >= high.y;
      };
      return new Set(model.edges.filter((edge) => shown.edges.has(edge.id) && (inSight(edge.from) || inSight(edge.to))).slice(0, LINKS).map((edge) => edge.id));
    };
    const linkUp = () => {
      const now = wanted();
      for (const id of graph.edges()) if (!now.has(id)) graph.dropEdge(id);
      for (const id of now) if (!graph.hasEdge(id)) add(View.edges.get(id));
    };

    let taken = []; // by labels, in this frame
    const label = (ctx, data, settings) => {
      if (!data.label) return;
      const text = View.lines(data.label, 190, 1, settings.labelSize, 500)[0] ?? "";
      const box = [data.x, data.y - settings.labelSize, data.x + data.size + 8 + View.widthOf(text, settings.labelSize, 500), data.y + settings.labelSize];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
      taken.push(box);
      ctx.font = `500 ${settings.labelSize}px ${look.font}`;
      ctx.lineWidth = 4;
      ctx.lineJoin = "round";
      ctx.strokeStyle = look.paper;
      ctx.fillStyle = look.ink;
      ctx.strokeText(text, data.x + data.size + 4, data.y + settings.labelSize / 3);
      ctx.fillText(text, data.x + data.size + 4, data.y + settings.labelSize / 3);
    };
    const ring = (ctx, data, settings) => {
      ctx.beginPath();
      ctx.arc(data.x, data.y, data.size + 4, 0, 2 * Math.PI);
      ctx.strokeStyle = look.accent;
      ctx.lineWidth = 2;
      ctx.stroke();
      taken = [];
      label(ctx, data, settings);
    };
    const nodeLook = (id, data) => {
      if (!current.shown.nodes.has(id)) return { ...data, hidden: true };
      const own = current.state.labels === "none" ? { ...data, label: "" } : data;
      if (id === current.state.selected) return { ...own, size: data.size * 2 + 2, highlighted: true, zIndex: 2, forceLabel: true };
      if (!current.lit) return own;
      return current.lit.nodes.has(id) ? { ...own, zIndex: 1, forceLabel: current.lit.nodes.size < 40 } : { ...data, color: look.line, label: "", zIndex: 0 };
    };
    const edgeLook = (id, data) => (current.lit ? { ...data, color: data.strong, size: Math.max(2, data.size * 2), zIndex: 1 } : data);

    View.font = look.font;
    let renderer = null;
    let camera = null;
    linkUp();
    const programs = View.programs();
    renderer = new Sigma(graph, container, {
      nodeReducer: nodeLook, edgeReducer: edgeLook, defaultDrawNodeLabel: label, defaultDrawNodeHover: ring,
      labelSize: 12, labelRenderedSizeThreshold: 1, labelDensity: 0.5, labelGridCellSize: 140, zIndex: true, allowInvalidContainer: true,
      defaultNodeType: "shape", nodeProgramClasses: { shape: programs.node }, defaultEdgeType: "line", edgeProgramClasses: { line: programs.edge },
      hideEdgesOnMove: many, hideLabelsOnMove: many, enableEdgeEvents: false, minCameraRatio: 0.002, maxCameraRatio: 3, stagePadding: 40, doubleClickZoomingRatio: 1,
    });
    camera = renderer.getCamera();
    renderer.on("beforeRender", () => {
      taken = [];
    });
    renderer.on("afterRender", () => tell.drawn());
    requestAnimationFrame(() => tell.drawn()); // the first one is drawn already
    renderer.on("clickNode", ({ node }) => tell.select(node));
    renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      tell.toggle(node);
    });
    renderer.on("doubleClickStage", ({ preventSigmaDefault }) => preventSigmaDefault());
    renderer.on("clickStage", ({ event }) => tell.select(edgeAt(event)));
    renderer.on("enterNode", () => container.classList.add("pointing"));
    renderer.on("leaveNode", () => container.classList.remove("pointing"));
    let resting = 0;
    camera.on("updated", () => {
      clearTimeout(resting);
      if (!current.lit && model.edges.length > LINKS) resting = setTimeout(linkUp, 150);
      tell.looked();
    });

    // Of the links that are lit, the one under the pointer: with a node selected its links can be chosen, too.
    const edgeAt = ({ x, y }) => {
      let best = "";
      let least = 6;
      for (const id of current.lit?.edges ?? []) {
        const edge = View.edges.get(id);
        const [a, b] = [edge.from, edge.to].map((end) => renderer.graphToViewport(graph.getNodeAttributes(end))).map((end) => [end.x, end.y]);
        const away = View.distance([a, a, b, b], x, y);
        if (away < least) [best, least] = [id, away];
      }
      return best;
    };
    const go = (state, slowly = true) => (slowly && !View.isCalm() ? camera.animate(state, { duration: 350 }) : camera.setState(state));

    return {
      render(state, shown, lit) {
        const language = current.state.language !== state.language;
        current = { state, shown, lit };
        if (fresh) {
          fresh = false; // as it was drawn just now
          return;
        }
        linkUp();
        if (language) graph.updateEachNodeAttributes((id, data) => ({ ...data, label: View.title(View.nodes.get(id)) }));
        renderer.scheduleRefresh();
      },
      focus(id, near) {
        const edge = View.edges.get(id);
        const node = View.nodes.get(edge ? edge.to : id);
        const point = renderer.graphToViewport({ x: node.x, y: -node.y });
        const inside = point.x > 30 && point.x < container.clientWidth - 120 && point.y > 30 && point.y < container.clientHeight - 30;
        if (inside && !near) return;
        // The camera sees the picture as a square of side 1 round the middle.
        const side = Math.max(right - left, bottom - top) || 1;
        const place = { x: 0.5 + (node.x - (left + right) / 2) / side, y: 0.5 + ((top + bottom) / 2 - node.y) / side };
        go({ ...place, ratio: near ? Math.min(camera.ratio, Math.max(0.02, 2400 / side)) : camera.ratio });
      },
      look: (box, slowly) => go(box.all ? { x: 0.5, y: 0.5, ratio: 1, angle: 0 } : { x: box.x, y: box.y, ratio: box.scale }, slowly),
      zoom: (factor) => go({ ratio: camera.ratio / factor }),
      stretch() {},
      resize() {
        renderer.resize();
        renderer.scheduleRender();
      },
      reset() {},
      place: () => [camera.x, camera.y, camera.ratio],
      positions: (id) => View.nodes.get(id),
      radius: (id) => renderer.scaleSize(renderer.getNodeDisplayData(id).size), // on the screen
      toScreen: (x, y) => renderer.graphToViewport({ x, y: -y }),
      isLoose: () => false,
      size: () => [container.clientWidth, container.clientHeight],
      retheme() {
        look = View.palette();
        graph.updateEachNodeAttributes((id, data) => ({ ...data, color: View.colourOf(View.nodes.get(id)) }));
        graph.updateEachEdgeAttributes((id, data) => ({ ...data, ...edgeColours(View.edges.get(id)) }));
        renderer.refresh();
      },
    };
  };
}
