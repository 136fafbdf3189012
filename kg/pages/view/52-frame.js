"use strict";
// What part of the picture is in sight, and the heads of its columns.
{
  const { model, byId, make, label } = View;

  /** The columns of the picture: where they stand, and what they hold. */
  View.columns = () => {
    const shown = View.shown();
    const asked = new Map(View.words().columns[model.layer]); // in the order in which a reader asks
    const rank = (found) => (asked.has(found.id) ? [...asked.keys()].indexOf(found.id) : asked.size);
    const classes = new Map();
    for (const id of shown.nodes) {
      const { x } = View.renderer.positions(id);
      if (!classes.has(x)) classes.set(x, new Set());
      classes.get(x).add(View.nodes.get(id).class);
    }
    const columns = [];
    for (const [x, names] of [...classes].sort((a, b) => a[0] - b[0])) {
      const texts = model.classes.filter((found) => names.has(found.id)).sort((a, b) => rank(a) - rank(b)).map((found) => asked.get(found.id) ?? asked.get("") ?? label(found.label));
      const text = [...new Set(texts)].join(" · ");
      if (columns[columns.length - 1]?.text !== text) columns.push({ x: x - 12, text });
    }
    return columns;
  };

  /** Writes what each column holds above it. */
  View.showColumns = () => {
    const box = byId("columns");
    box.hidden = View.renderer.isLoose();
    if (box.hidden) return;
    const heads = View.columns();
    if (box.children.length !== heads.length || heads.some((head, i) => box.children[i].textContent !== head.text)) box.replaceChildren(...heads.map((head) => make("span", {}, head.text)));
    heads.forEach((head, i) => {
      const left = View.renderer.toScreen(head.x, 0).x;
      const next = i + 1 < heads.length ? View.renderer.toScreen(heads[i + 1].x, 0).x : Infinity;
      box.children[i].style.transform = `translateX(${Math.round(left)}px)`;
      box.children[i].style.maxWidth = `${Math.max(0, Math.min(320, next - left - 12))}px`;
      box.children[i].style.visibility = next - left < 46 ? "hidden" : "visible";
    });
  };

  const bounds = () => {
    const shown = View.shown();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of shown.nodes) {
      const { y } = View.renderer.positions(id);
      const { x } = View.renderer.isLoose() ? View.renderer.positions(id) : View.nodes.get(id);
      [box[0], box[1], box[2], box[3]] = [Math.min(box[0], x), Math.min(box[1], y - 18), Math.max(box[2], x), Math.max(box[3], y + 18)];
    }
    return box;
  };
  const READABLE = { phone: 0.66, desk: model.layer === "claims" ? 0.66 : 0.5 }; // a claim has two lines, whom and what
  const TAIL = 200; // what the last column's labels take, on the screen

  /** Shows all of it where it can be read so, or where the whole is asked for; else as large as can be read, round what is open. */
  View.fit = (whole, slowly) => {
    if (View.large) return View.renderer.look({ all: true }, slowly);
    const [left, top, right, bottom] = bounds();
    if (!(right >= left)) return null;
    const [width, height] = View.renderer.size();
    const room = { width: width - 24, height: height - 44 };
    const all = Math.min(1.3, (room.width - TAIL) / (right - left + 24), room.height / (bottom - top));
    const scale = whole ? all : Math.max(all, width < 700 ? READABLE.phone : READABLE.desk);
    const wide = Math.min(1.6, Math.max(1, ((room.width - TAIL) / scale - 24) / (right - left || 1)));
    View.renderer.stretch(wide);
    const opened = model.nodes.filter((node) => View.state().open.includes(node.id) && View.shown().nodes.has(node.id));
    const centre = opened.length === 1 ? opened[0] : null;
    const along = (low, high, size, start) => (high - low <= size ? (low + high) / 2 : start == null ? low + size / 2 : Math.min(high - size / 2, Math.max(low + size / 2, start)));
    const start = centre ? centre.x * wide - 30 + room.width / scale / 2 : null;
    const x = along(left * wide - 24, right * wide + TAIL / scale, room.width / scale, room.width / scale < 700 ? start : null);
    const y = along(top, bottom, room.height / scale, centre?.y);
    return View.renderer.look({ x: x / wide, y: y - 14 / scale, scale }, slowly);
  };
}
