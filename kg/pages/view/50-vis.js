"use strict";
// Up to about a thousand nodes: vis-network on a canvas. It moves, zooms and drags; what is drawn is the picture.
{
  const PHYSICS = { enabled: true, solver: "forceAtlas2Based", stabilization: false, forceAtlas2Based: { gravitationalConstant: -90, springLength: 110, avoidOverlap: 0.4 }, maxVelocity: 40 };
  const OPTIONS = {
    autoResize: false, physics: false, layout: { improvedLayout: false }, clickToUse: false,
    interaction: { hover: false, keyboard: false, selectConnectedEdges: false, hoverConnectedEdges: false, multiselect: false, selectable: true, tooltipDelay: 86_400_000, zoomSpeed: 0.6 },
    nodes: { shape: "custom", chosen: false },
    edges: { chosen: false, smooth: false, width: 0.001, color: { color: "rgba(0,0,0,0)", opacity: 0 }, arrows: { to: false } },
  };
  const LIMITS = [0.06, 4];

  View.visRenderer = (container, tell) => {
    const { model } = View;
    let current = null;
    let picture = null;
    let stamp = "";
    let version = 0;
    let loose = false;
    let moving = false;

    // The picture is painted whole, before and after: vis-network skips what it believes to be out of sight.
    const renderNode = ({ id }) => ({ drawNode() {}, nodeDimensions: { width: 2 * View.nodes.get(id).size, height: 2 * View.nodes.get(id).size } });
    const given = JSON.parse(View.byId("network").textContent); // as pyvis describes the network; its edges are in the model's order
    const nodes = new vis.DataSet(given.nodes.map(({ id, x, y, size }) => ({ id, x, y, size, ctxRenderer: renderNode, hidden: true, physics: false })));
    const edges = new vis.DataSet(given.edges.map(({ from, to }, i) => ({ id: model.edges[i].id, from, to, hidden: true, physics: false })));
    const network = new vis.Network(container, { nodes, edges }, { ...given.options, ...OPTIONS });
    const at = (id) => network.getPosition(id);

    const refresh = () => {
      if (!current) return;
      const scale = network.getScale();
      const now = `${version} ${scale.toFixed(3)}`;
      if (now === stamp && !moving) return;
      stamp = now;
      picture = View.picture({ at: loose ? at : exact, scale, loose, ...current });
    };
    // Columns stand as far apart as the window has room for; rows are as they came.
    const moved = new Map(); // by hand
    let unfolded = new Map();
    let stretch = 1;
    const laid = (id) => ({ x: View.nodes.get(id).x * stretch, y: unfolded.get(id) ?? View.nodes.get(id).y });
    const exact = (id) => moved.get(id) ?? laid(id);
    const settle = () => nodes.update(model.nodes.filter(({ id }) => !moved.has(id)).map(({ id }) => ({ id, ...laid(id) })));

    network.on("beforeDrawing", (ctx) => {
      refresh();
      if (picture) View.paint.edges(ctx, picture);
    });
    network.on("afterDrawing", (ctx) => {
      if (picture) {
        for (const node of picture.nodes) View.paint.node(ctx, node, picture.look);
        View.paint.texts(ctx, picture);
      }
      tell.drawn();
    });

    const nearest = ({ x, y }) => {
      for (const [id, spot] of picture?.spots ?? []) {
        if (Math.hypot(x - spot.x, y - spot.y) <= spot.r + 3) return id;
        if (spot.box && x >= spot.box[0] && x <= spot.box[2] && y >= spot.box[1] && y <= spot.box[3]) return id;
      }
      let best = "";
      let least = 7 / network.getScale();
      for (const { id, curve, alpha } of picture?.edges ?? []) {
        if (!alpha) continue;
        const away = View.distance(curve, x, y);
        if (away < least) [best, least] = [id, away];
      }
      return best;
    };
    network.on("click", ({ pointer }) => tell.select(nearest(pointer.canvas)));
    network.on("doubleClick", ({ pointer }) => tell.toggle(nearest(pointer.canvas)));
    network.on("zoom", ({ scale }) => {
      const kept = Math.min(LIMITS[1], Math.max(LIMITS[0], scale));
      if (kept !== scale) network.moveTo({ scale: kept });
      tell.looked();
    });
    network.on("dragging", ({ nodes: dragged }) => {
      for (const id of dragged) moved.set(id, network.getPosition(id));
      if (dragged.length) version++;
    });
    network.on("dragEnd", ({ nodes: dragged }) => {
      if (!dragged.length) tell.looked();
      network.unselectAll();
    });
    container.addEventListener("pointermove", (event) => {
      if (event.buttons) return;
      const frame = container.getBoundingClientRect();
      container.classList.toggle("pointing", Boolean(nearest(network.DOMtoCanvas({ x: event.clientX - frame.left, y: event.clientY - frame.top }))));
    });

    const go = (position, scale, slowly = true) =>
      network.moveTo({ position, scale: Math.min(LIMITS[1], Math.max(LIMITS[0], scale)), animation: slowly && !View.isCalm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });

    return {
      render(state, shown, lit) {
        const opened = current?.state.open !== state.open;
        current = { state, shown, lit };
        version++;
        if (opened && !loose) {
          unfolded = View.moved(shown.nodes);
          settle();
        }
        const flipped = (set, items) => items.get({ fields: ["id", "hidden"] }).filter((item) => item.hidden === set.has(item.id)).map((item) => ({ id: item.id, hidden: !item.hidden, physics: item.hidden }));
        nodes.update(flipped(shown.nodes, nodes));
        edges.update(flipped(shown.edges, edges));
        if (state.moving !== moving) {
          moving = state.moving;
          loose = loose || moving;
          network.setOptions({ physics: moving ? PHYSICS : false });
        }
        network.redraw();
      },
      focus(id) {
        const edge = View.edges.get(id);
        const ends = edge ? [edge.from, edge.to] : [id];
        const [a, b] = [at(ends[0]), at(ends[ends.length - 1])];
        const position = { x: (a.x + b.x) / 2 + (edge ? 0 : 60), y: (a.y + b.y) / 2 };
        const point = network.canvasToDOM(position);
        const inside = point.x > 40 && point.x < container.clientWidth - 90 && point.y > 40 && point.y < container.clientHeight - 40;
        if (!inside || network.getScale() < 0.5) go(position, Math.max(0.7, network.getScale()));
      },
      look: (box, slowly) => go({ x: box.x * stretch, y: box.y }, box.scale, slowly),
      stretch(factor) {
        if (Math.abs(factor - stretch) < 0.01 || loose) return;
        stretch = factor;
        version++;
        settle();
      },
      resize() {
        network.setSize("100%", "100%");
        network.redraw();
      },
      zoom: (factor) => go(network.getViewPosition(), network.getScale() * factor),
      reset() {
        moved.clear();
        loose = false;
        version++;
        settle();
      },
      place: () => [network.getViewPosition().x / stretch, network.getViewPosition().y, network.getScale()],
      positions: (id) => (loose ? at(id) : exact(id)),
      toScreen: (x, y) => network.canvasToDOM({ x, y }),
      isLoose: () => loose,
      size: () => [container.clientWidth, container.clientHeight],
      retheme() {
        version++;
        network.redraw();
      },
    };
  };
}
