"use strict";
// The picture as plain shapes, in units of the layout: drawn on the canvas, and written to PNG and SVG, from the same list.
{
  const BOX = View.model.box ?? { left: 24, right: 176, height: 42 };
  const SIZE = { name: 13, figure: 12 };
  const LEAST = 10.5; // on the screen, in pixels: below it nobody reads
  const HEIGHT = 1.16; // of a line, in sizes
  const FADED = 0.16;
  const FIGURE = 9; // how wide a figure before its thing may be, in sizes

  // A label has room up to the next column, but for the links before it and the figures they carry; and half way to its neighbours.
  const roomIn = (shown, at, told, figure, last) => {
    const columns = new Map();
    for (const id of shown.nodes) {
      const { x, y } = at(id);
      if (!columns.has(x)) columns.set(x, { ys: [], told: false });
      columns.get(x).ys.push(y);
      columns.get(x).told ||= told.has(id);
    }
    const sorted = [...columns.keys()].sort((a, b) => a - b);
    const room = (x, i) => {
      const { ys } = columns.get(x);
      const next = columns.get(sorted[i + 1]);
      ys.sort((a, b) => a - b);
      const gap = next ? sorted[i + 1] - x - BOX.left : last;
      const width = next?.told ? gap - Math.min(figure * FIGURE, gap * 0.45) - 4 : next ? Math.max(Math.min(BOX.right, gap - 8), gap - 70) : gap;
      return [x, { width: Math.min(Math.max(300, last), width), height: ys.reduce((least, y, n) => (n ? Math.min(least, y - ys[n - 1]) : least), 3 * BOX.height) }];
    };
    return new Map(sorted.map(room));
  };

  const columnBold = (node) => View.children.has(node.id);

  /** Places texts so that none covers another; what comes first stays. */
  const placer = () => {
    const rows = new Map();
    const STEP = 40;
    const rowsOf = (box) => Array.from({ length: Math.floor(box[3] / STEP) - Math.floor(box[1] / STEP) + 1 }, (_, i) => Math.floor(box[1] / STEP) + i);
    return (box) => {
      const own = rowsOf(box);
      const free = own.every((row) => (rows.get(row) ?? []).every(([a, b, c, d]) => box[0] >= c || box[2] <= a || box[1] >= d || box[3] <= b));
      if (free) for (const row of own) rows.set(row, [...(rows.get(row) ?? []), box]);
      return free;
    };
  };

  const path = (a, b, wide) => {
    const dx = b.x - a.x;
    if (Math.abs(dx) < 60) {
      const [x0, x1] = [a.x - a.r - 2, b.x - b.r - 2];
      const bend = 24 + Math.min(40, Math.abs(b.y - a.y) / 8);
      return [[x0, a.y], [x0 - bend, a.y], [x1 - bend, b.y], [x1, b.y]];
    }
    const [x0, x1] = dx > 0 ? [a.x + Math.min(wide(a), dx - b.r - 30), b.x - b.r - 3] : [a.x - a.r - 3, b.x + wide(b)];
    const reach = Math.abs(x1 - x0) * 0.5;
    const way = dx > 0 ? 1 : -1;
    return [[x0, a.y], [x0 + way * reach, a.y], [x1 - way * reach, b.y], [x1, b.y]];
  };

  // Links that run to the same thing on the left in one row go on behind each other: each is drawn to the one before it.
  const chained = (edges, spots, lit) => {
    const rows = new Map();
    for (const edge of edges) {
      const [a, b] = [spots.get(edge.from), spots.get(edge.to)];
      const key = `${lit?.edges.has(edge.id)} ${a.y} ${edge.to}`;
      if (a.x > b.x) rows.set(key, [...(rows.get(key) ?? []), edge]);
    }
    const found = new Map();
    for (const row of rows.values()) {
      row.sort((one, other) => spots.get(one.from).x - spots.get(other.from).x);
      row.slice(1).forEach((edge, i) => found.set(edge.id, spots.get(row[i].from)));
    }
    return found;
  };

  /** A point on a curve, at t from 0 to 1. */
  View.along = ([a, b, c, d], t) => {
    const s = 1 - t;
    return [0, 1].map((i) => s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i]);
  };

  /** How far a point is from a curve, taken as sixteen straight pieces. */
  View.distance = (curve, x, y) => {
    let least = Infinity;
    let [ax, ay] = curve[0];
    for (let i = 1; i <= 16; i++) {
      const [bx, by] = View.along(curve, i / 16);
      const long = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long));
      least = Math.min(least, Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
      [ax, ay] = [bx, by];
    }
    return least;
  };

  /**
   * The shapes of all that is shown: edges, nodes and texts, each with its alpha. ``at`` gives a node's place; ``scale`` is
   * that of the screen: texts keep a readable size, and where there is no room for all, the weightier ones stay.
   */
  View.picture = ({ at, state, shown, lit, scale, loose = false }) => {
    const look = View.palette();
    View.font = look.font;
    const size = Math.max(SIZE.name, LEAST / scale);
    const figure = Math.max(SIZE.figure, LEAST / scale);
    const far = scale < 0.42;
    const place = placer();
    const spots = new Map();
    const faded = (set, id) => (lit && !lit[set].has(id) ? FADED : 1);
    const withNames = state.labels === "all" || state.labels === "names";
    const withFigures = state.labels === "all" || state.labels === "figures";

    const nodes = [];
    for (const id of shown.nodes) {
      const node = View.nodes.get(id);
      const { x, y } = at(id);
      const folded = View.children.has(id) && !state.open.includes(id);
      const spot = { node, x, y, r: node.size, reach: node.size + 4, folded, colour: View.colourOf(node), alpha: faded("nodes", id) };
      spots.set(id, spot);
      nodes.push({ id, d: View.outline(View.shapeOf(node.class), x, y, node.size), x, y, r: node.size, fill: spot.colour, icon: View.iconOf(node), alpha: spot.alpha, chosen: id === state.selected, folded });
    }

    const incoming = new Set(model.edges.filter((edge) => shown.edges.has(edge.id) && carries(edge)).map((edge) => edge.to));
    const rooms = loose ? new Map() : roomIn(shown, at, incoming, figure, Math.max(240, 190 / scale));
    const texts = [];
    const verdicts = new Map(model.edges.filter((edge) => edge.kind && shown.edges.has(edge.id) && View.kinds.get(edge.kind)?.severity >= 2).map((edge) => [edge.from, [View.kinds.get(edge.kind)]]));
    const weight = (spot) => (spot.node.id === state.selected ? 1e6 : 0) + (lit?.nodes.has(spot.node.id) ? 1e5 : 0) + (columnBold(spot.node) ? 1e3 : 0) + spot.node.size;
    for (const spot of [...spots.values()].sort((a, b) => weight(b) - weight(a))) {
      const { node, x, y, r } = spot;
      const bold = columnBold(node) ? 600 : 400;
      const own = rooms.get(x) ?? { width: BOX.right, height: BOX.height };
      const room = far || loose ? 150 / scale : own.width - r - 8;
      const total = Math.max(1, Math.min(4, Math.floor((own.height - size * 0.3) / (size * HEIGHT))));
      const figureOf = node.by ? View.title(node) : View.label(node.label) && View.label(node.text);
      const told = withFigures && !incoming.has(node.id) ? figureOf : "";
      const called = node.by || View.title(node);
      const single = total === 1 && told && withNames; // room for one line only
      const count = told ? View.lines(single ? `${told} · ${called}` : told, room, node.by ? total : 1, size, 600) : [];
      const name = single ? [] : withNames || (!View.label(node.label) && withFigures) ? View.lines(called, room, far ? 1 : Math.max(1, total - count.length), size, bold) : [];
      const lines = [...count.map((text) => ({ text, bold: count.length > 1 ? 400 : 600, ink: look.ink })), ...name.map((text) => ({ text, bold, ink: count.length ? look.soft : look.ink }))].slice(0, total);
      if (!lines.length) continue;
      const width = Math.max(...lines.map((line) => View.widthOf(line.text, size, line.bold)));
      const left = x + r + 6;
      const high = lines.length * size * HEIGHT;
      if (!place([left, y - high / 2, left + width, y + high / 2]) && node.id !== state.selected) continue;
      spot.reach = r + 6 + width + 5;
      // The verdict stands behind what it is on, as a sign in its colour.
      for (const kind of verdicts.get(node.id) ?? []) {
        texts.push({ text: kind.icon, x: x + spot.reach + size * 0.45, y, size: size * 1.05, bold: 700, fill: View.ink(kind.colour), alpha: spot.alpha === 1 ? 1 : 0.28, anchor: "middle", sign: true });
        spot.reach += size * 1.1;
      }
      spot.box = [left, y - high / 2, left + width, y + high / 2];
      lines.forEach((line, i) => texts.push({ text: line.text, x: left, y: y - high / 2 + (i + 0.5) * size * HEIGHT, size, bold: line.bold, fill: line.ink, alpha: spot.alpha === 1 ? 1 : 0.28, anchor: "start" }));
    }

    const wide = (spot) => spot.reach;
    const before = loose ? new Map() : chained(model.edges.filter((edge) => shown.edges.has(edge.id)), spots, lit);
    const edges = [];
    const marks = [];
    for (const edge of model.edges) {
      if (!shown.edges.has(edge.id)) continue;
      const [a, b] = [spots.get(edge.from), spots.get(edge.to)];
      const curve = loose ? [[a.x, a.y], [a.x, a.y], [b.x, b.y], [b.x, b.y]] : path(a, before.get(edge.id) ?? b, wide);
      const kind = View.kinds.get(edge.kind);
      const alpha = faded("edges", edge.id);
      const stroke = (kind && View.ink(kind.colour)) || b.colour;
      edges.push({ id: edge.id, curve, d: drawn(curve), stroke, width: edge.width, dash: edge.dashes, alpha: b.node.by && !lit?.edges.has(edge.id) ? 0 : alpha < 1 ? 0.08 : lit ? 0.85 : !kind ? REST : kind.severity >= 2 ? 0.7 : 0.45 });
      const text = withFigures && View.label(edge.text);
      if (text && (lit ? alpha === 1 : carries(edge))) marks.push({ edge, curve, text, fill: look.ink, to: b, from: a });
    }
    for (const mark of marks) {
      if (far && !lit) break;
      const atStart = state.selected === mark.edge.to && !carries(mark.edge) && !loose;
      const lines = View.lines(mark.text, loose ? 160 / scale : Math.min(figure * FIGURE, (mark.to.x - mark.from.x - BOX.left) * 0.45) - 6, Math.max(1, Math.min(3, Math.floor(44 / (figure * HEIGHT)))), figure, 600);
      const width = Math.max(...lines.map((line) => View.widthOf(line, figure, 600)));
      const [x, y] = loose ? View.along(mark.curve, 0.5).map((part, i) => part + (i ? 0 : width / 2)) : atStart ? [mark.from.x + mark.from.reach + 3 + width, mark.from.y] : [mark.to.x - mark.to.r - 7, mark.to.y];
      const high = lines.length * figure * HEIGHT;
      if (!place([x - width, y - high / 2, x, y + high / 2])) continue;
      lines.forEach((text, i) => texts.push({ text, x, y: y - high / 2 + (i + 0.5) * figure * HEIGHT, size: figure, bold: 600, fill: mark.fill, alpha: 1, anchor: "end" }));
    }
    return { edges, nodes, texts, spots, look };
  };

  const { model } = View;
  const REST = 0.38; // the alpha of a link when nothing is selected
  const drawn = ([a, b, c, d]) => `M${a.map(round).join(" ")}C${[b, c, d].map((point) => point.map(round).join(" ")).join(" ")}`;
  const round = (number) => Math.round(number * 10) / 10;
  // The figure is the target's own: it is told once, in front of it.
  const carries = (edge) => {
    const text = View.label(edge.text);
    return Boolean(text) && text === View.label(View.nodes.get(edge.to).text);
  };

  const paintEdges = (ctx, picture) => {
    for (const edge of picture.edges) {
      ctx.globalAlpha = edge.alpha;
      ctx.strokeStyle = edge.stroke;
      ctx.lineWidth = edge.width;
      ctx.setLineDash(edge.dash ? View.DASH : []);
      ctx.stroke(new Path2D(edge.d));
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  };

  const paintNode = (ctx, node, look) => {
    const outline = new Path2D(node.d);
    ctx.fillStyle = look.paper;
    ctx.fill(outline);
    ctx.globalAlpha = node.alpha;
    ctx.fillStyle = node.fill;
    ctx.fill(outline);
    if (node.chosen || node.folded) {
      ctx.strokeStyle = node.chosen ? look.accent : node.fill;
      ctx.lineWidth = node.chosen ? View.RING.chosen : View.RING.folded;
      ctx.setLineDash(node.chosen ? [] : View.RING.dots);
      ctx.stroke(new Path2D(View.outline("circle", node.x, node.y, node.r + View.RING.gap)));
      ctx.setLineDash([]);
    }
    if (node.icon && node.r >= 7) {
      ctx.fillStyle = look.paper;
      ctx.font = `600 ${node.r * 1.05}px ${look.signs}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(node.icon, node.x, node.y + node.r * 0.06);
    }
    ctx.globalAlpha = 1;
  };

  const paintTexts = (ctx, picture) => {
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = picture.look.paper;
    for (const halo of [true, false]) {
      for (const text of picture.texts) {
        ctx.font = `${text.bold} ${text.size}px ${text.sign ? picture.look.signs : picture.look.font}`;
        ctx.textAlign = text.anchor === "middle" ? "center" : text.anchor;
        ctx.globalAlpha = halo ? 1 : text.alpha;
        ctx.fillStyle = text.fill;
        ctx.lineWidth = text.size * 0.32;
        if (!halo) ctx.fillText(text.text, text.x, text.y);
        else if (text.alpha === 1) ctx.strokeText(text.text, text.x, text.y);
      }
    }
    ctx.globalAlpha = 1;
  };
  View.paint = { edges: paintEdges, node: paintNode, texts: paintTexts };
}
