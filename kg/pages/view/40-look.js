"use strict";
// How things look: the ontology's colours made readable on light and dark, shapes as paths, words as lines that fit.
{
  const MAXIMUM = { light: 0.125, dark: 0.36 }; // luminance (WCAG 2.2) of ink on light, at most, and on dark, at least
  const inks = new Map();

  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const readable = (colour) => {
    if (!/^#[0-9a-f]{6}$/i.test(colour)) return "";
    const own = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
    let rgb = own;
    for (let step = 0; step <= 100; step++) {
      rgb = own.map((part) => Math.round(part + ((dark ? 255 : 0) - part) * (step / 100)));
      if (dark ? luminance(rgb) >= MAXIMUM.dark : luminance(rgb) <= MAXIMUM.light) break;
    }
    return `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };

  const system = matchMedia("(prefers-color-scheme: dark)");
  let dark = false;

  /** Sees whether the page is dark now: by the reader's choice, else as the system has it. */
  View.seeTheme = () => {
    const chosen = document.documentElement.style.colorScheme || document.documentElement.dataset.theme;
    dark = chosen ? chosen === "dark" : system.matches;
    return dark;
  };
  View.seeTheme();
  View.isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** A colour of the ontology as ink on the page as it is now; "" for what is no colour. */
  View.ink = (colour) => {
    const key = `${colour}${dark}`;
    if (!inks.has(key)) inks.set(key, readable(colour ?? ""));
    return inks.get(key);
  };

  /** The page's own colours, as the style sheet has them at this moment. */
  View.palette = () => {
    const style = getComputedStyle(View.byId("canvas"));
    return { ink: style.color, paper: style.backgroundColor, line: style.borderTopColor, soft: style.outlineColor, accent: style.caretColor, font: style.fontFamily, signs: style.getPropertyValue("--signs") };
  };

  View.colourOf = (node) => View.ink(node.colour || View.classes.get(node.class)?.colour) || View.palette().soft;
  View.iconOf = (node) => node.icon || View.classes.get(node.class)?.icon || "";
  View.shapeOf = (name) => View.classes.get(name)?.shape || "circle";

  const corners = (count, turn) => Array.from({ length: count }, (_, i) => [Math.cos(turn + (2 * Math.PI * i) / count), Math.sin(turn + (2 * Math.PI * i) / count)]);
  const star = Array.from({ length: 10 }, (_, i) => corners(10, -Math.PI / 2)[i].map((part) => part * (i % 2 ? 0.55 : 1.15)));
  const SHAPES = {
    diamond: corners(4, 0).map(([x, y]) => [x * 1.15, y * 1.15]),
    square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
    box: [[-1.05, -0.75], [1.05, -0.75], [1.05, 0.75], [-1.05, 0.75]],
    triangle: corners(3, -Math.PI / 2).map(([x, y]) => [x * 1.2, y * 1.2 + 0.15]),
    "triangle-down": corners(3, Math.PI / 2).map(([x, y]) => [x * 1.2, y * 1.2 - 0.15]),
    hexagon: corners(6, 0).map(([x, y]) => [x * 1.05, y * 1.05]),
    star,
  };
  const short = (number) => Number(number.toFixed(1));
  View.DASH = [7, 5]; // pixels drawn and left out, of a link that departs from the reference

  View.RING = { gap: 4.5, chosen: 2.5, folded: 1.5, dots: [2, 3] }; // round what is chosen, and dotted round what is folded

  /** The corners of a shape of radius 1; of a circle none. */
  View.corners = (shape) => (Object.hasOwn(SHAPES, shape) ? SHAPES[shape] : null);

  /** The outline of a shape round a point, as an SVG path. */
  View.outline = (shape, x, y, r) => {
    const points = View.corners(shape);
    if (!points) return `M${short(x - r)} ${short(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    return `M${points.map(([px, py]) => `${short(x + px * r)} ${short(y + py * r)}`).join("L")}Z`;
  };

  /** A small picture of a class, for legends and lists. */
  View.emblem = (name, colour, icon) =>
    View.tint(
      View.draw("svg", { class: "emblem", viewBox: "-12 -12 24 24", "aria-hidden": "true" },
        View.draw("path", { d: View.outline(View.shapeOf(name), 0, 0, 9) }), icon && View.draw("text", { y: 4 }, icon)),
      View.ink(colour));

  const brush = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const UNIT = 100;

  /** How wide a text is, at a size and weight. */
  View.widthOf = (text, size, weight = 400) => {
    const key = `${weight}${text}`;
    if (!widths.has(key)) {
      brush.font = `${weight} ${UNIT}px ${View.font}`;
      widths.set(key, brush.measureText(text).width / UNIT);
    }
    return widths.get(key) * size;
  };
  View.font = "system-ui, sans-serif";

  // Latin words stay whole; Chinese, Japanese and Korean may break behind any character but one that opens or before one that closes.
  const PIECES = /[（《「“‘]*(?:[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s“‘\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+)[，。、；：？！）》」”’·]*|[“‘]+|\s+/g;
  // Cut to a width; a year in brackets at the end stays, for it tells apart what is named alike.
  const cut = (whole, width, size, weight) => {
    const tail = /\s?[(（]\d{4}[)）]$/.exec(whole)?.[0] ?? "";
    const kept = tail && View.widthOf(`…${tail}`, size, weight) * 2 < width ? tail : "";
    const all = Array.from(whole.slice(0, whole.length - kept.length));
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (View.widthOf(`${all.slice(0, middle).join("")}…${kept}`, size, weight) <= width) low = middle;
      else high = middle - 1;
    }
    return `${all.slice(0, low).join("").trimEnd()}…${kept}`;
  };

  /** A text in lines of a width, at most so many; the last one is cut where it does not fit. */
  View.lines = (text, width, count, size, weight = 400) => {
    const lines = [""];
    for (const piece of String(text).slice(0, 300).match(PIECES) ?? []) {
      const longer = lines[lines.length - 1] + piece;
      if (View.widthOf(longer.trimEnd(), size, weight) <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
      else lines.push(piece.trimStart());
    }
    const kept = lines.map((line) => line.trim()).filter(Boolean);
    const rest = kept.splice(count - 1).join(/[\u2e80-\u9fff]/.test(text) ? "" : " ");
    return [...kept, rest].filter(Boolean).map((line) => (View.widthOf(line, size, weight) <= width ? line : cut(line, width, size, weight)));
  };
}
