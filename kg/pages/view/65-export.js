"use strict";
// What a reader may take along: the picture as PNG or SVG, the selection as Turtle or CSV. Made here, from the same state.
{
  const { model, draw } = View;
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 60;
  const LARGEST = 8_000; // pixels a side

  const picture = () => {
    const state = View.state();
    const shown = View.shown(state);
    const scale = View.large ? 0.05 : 1;
    const made = View.picture({ at: View.renderer.positions, state, shown, lit: View.lit(state, shown), scale: View.large ? scale : 1, loose: View.renderer.isLoose() });
    const right = View.large ? 40 : 176;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y, r } of made.nodes) {
      box[0] = Math.min(box[0], x - r);
      box[1] = Math.min(box[1], y - r);
      box[2] = Math.max(box[2], x + right);
      box[3] = Math.max(box[3], y + r);
    }
    const [x, y] = [box[0] - EDGE, box[1] - 2 * EDGE];
    return { ...made, x, y, width: Math.max(1, box[2] + EDGE - x), height: Math.max(1, box[3] + EDGE - y), title: View.label(model.title), heads: View.columns() };
  };

  /** The picture as an SVG element. */
  const drawing = () => {
    const made = picture();
    const { look } = made;
    const root = draw("svg", { xmlns: SVG, viewBox: [made.x, made.y, made.width, made.height].map(Math.round).join(" "), width: Math.round(made.width), height: Math.round(made.height), "font-family": look.font });
    const text = (one) => draw("text", { x: one.x.toFixed(1), y: (one.y + one.size * 0.34).toFixed(1), "font-size": one.size.toFixed(1), "font-weight": one.bold, fill: one.fill, "fill-opacity": one.alpha === 1 ? null : one.alpha, "text-anchor": one.anchor, "paint-order": "stroke", stroke: look.paper, "stroke-width": one.alpha === 1 ? (one.size * 0.32).toFixed(1) : 0, "stroke-linejoin": "round" }, one.text);
    root.append(
      draw("title", {}, made.title), draw("rect", { x: made.x, y: made.y, width: made.width, height: made.height, fill: look.paper }),
      draw("text", { x: made.x + EDGE / 2, y: made.y + 36, "font-size": 22, "font-weight": 600, fill: look.ink }, made.title),
      ...(View.renderer.isLoose() ? [] : made.heads.map((head) => draw("text", { x: head.x, y: made.y + 80, "font-size": 12, "font-weight": 600, fill: look.soft }, head.text))),
      draw("g", { fill: "none" }, made.edges.map((edge) => draw("path", { d: edge.d, stroke: edge.stroke, "stroke-width": edge.width, "stroke-opacity": edge.alpha, "stroke-dasharray": edge.dash ? View.DASH.join(" ") : null, "data-edge": edge.id }))),
      draw("g", {}, made.nodes.map((node) => draw("path", { d: node.d, fill: node.fill, "fill-opacity": node.alpha, "data-node": node.id }))),
      draw("g", { fill: "none" }, made.nodes.filter((node) => node.chosen || node.folded).map((node) => draw("path", { d: View.outline("circle", node.x, node.y, node.r + View.RING.gap), stroke: node.chosen ? look.accent : node.fill, "stroke-width": node.chosen ? View.RING.chosen : View.RING.folded, "stroke-dasharray": node.chosen ? null : View.RING.dots.join(" "), "stroke-opacity": node.alpha, "data-ring": node.id }))),
      draw("g", { "text-anchor": "middle", fill: look.paper }, made.nodes.filter((node) => node.icon && node.r >= 7).map((node) => draw("text", { x: node.x, y: (node.y + node.r * 0.4).toFixed(1), "font-size": (node.r * 1.05).toFixed(1) }, node.icon))),
      draw("g", {}, made.texts.map(text)));
    return root;
  };

  /** The picture as an SVG document. */
  View.toSVG = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing())}\n`;

  // Paper is light and has no window to look through: it gets the whole picture, as lines and not as points of the screen.
  if (!View.large) {
    const paper = document.documentElement.style;
    addEventListener("beforeprint", () => {
      paper.setProperty("color-scheme", "light");
      View.seeTheme();
      View.byId("paper").replaceChildren(drawing());
    });
    addEventListener("afterprint", () => {
      paper.removeProperty("color-scheme");
      View.seeTheme();
      View.byId("paper").replaceChildren();
    });
  }

  /** The picture as a PNG, a promise of a Blob: twice the size of the layout, where that is not too large. */
  View.toPNG = () => {
    const made = picture();
    const scale = Math.min(2, LARGEST / Math.max(made.width, made.height));
    const canvas = View.make("canvas", { width: Math.round(made.width * scale), height: Math.round(made.height * scale) });
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    ctx.translate(-made.x, -made.y);
    ctx.fillStyle = made.look.paper;
    ctx.fillRect(made.x, made.y, made.width, made.height);
    ctx.fillStyle = made.look.ink;
    ctx.font = `600 22px ${made.look.font}`;
    ctx.fillText(made.title, made.x + EDGE / 2, made.y + 36);
    ctx.fillStyle = made.look.soft;
    ctx.font = `600 12px ${made.look.font}`;
    if (!View.renderer.isLoose()) for (const head of made.heads) ctx.fillText(head.text, head.x, made.y + 80);
    View.paint.edges(ctx, made);
    for (const node of made.nodes) View.paint.node(ctx, node, made.look);
    View.paint.texts(ctx, made);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  /** What is taken along: the selected with what it is linked to, or where nothing is selected all that is shown. */
  const selection = () => {
    const state = View.state();
    const shown = View.shown(state);
    const lit = View.lit(state, shown) ?? shown;
    const claims = state.selected ? View.evidence(state.selected, shown) : model.claims.filter((claim, i) => shown.passes[i]);
    return { nodes: [...lit.nodes].map((id) => View.nodes.get(id)), edges: [...lit.edges].map((id) => View.edges.get(id)), claims };
  };

  const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const literal = (text, language) => `"${String(text).replace(/[\\"\n\r\t]/g, (found) => ESCAPES[found])}"${/^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(language ?? "") ? `@${language}` : ""}`;
  // Characters that an IRI may not hold (Turtle 1.1, IRIREF) are written as escapes of the IRI itself.
  const iri = (name, base = model.base) => `<${(/^[a-z][a-z0-9+.-]*:/i.test(name) ? name : base + name).replace(/[\u0000-\u0020<>"{}|\\^`[\]]/g, (found) => encodeURIComponent(found))}>`;
  // Drawn from left to right, these links run against their property.
  const BACKWARD = ["actor", "partner", "campaign", "source"];

  /** The selection as Turtle 1.1, in the ontology's terms. */
  View.toTurtle = () => {
    const { nodes, edges, claims } = selection();
    const enf = (name) => iri(`ontology#${name}`);
    const blocks = new Map();
    const say = (subject, property, value) => {
      if (!blocks.has(subject)) blocks.set(subject, new Set());
      if (value) blocks.get(subject).add(`${property} ${value}`);
    };
    for (const node of nodes) {
      const concept = !/^[A-Z]/.test(node.class);
      say(node.id, "a", concept ? "skos:Concept" : enf(node.class));
      if (concept) say(node.id, "skos:inScheme", iri(node.class));
      if (node.class !== "Claim") for (const [language, text] of Object.entries(node.label)) say(node.id, concept ? "skos:prefLabel" : "rdfs:label", text && literal(text, language));
    }
    for (const { from, to, property } of edges) say(...(BACKWARD.includes(property) ? [to, enf(property), iri(from)] : [from, enf(property), iri(to)]));
    for (const claim of claims) {
      say(claim.id, "a", enf("Claim"));
      for (const name of ["source", "subject", "penalty", "url"]) say(claim.id, enf(name), claim[name] && iri(claim[name]));
      for (const name of ["text", "quote", "gloss", "statement"]) say(claim.id, enf(name), claim[name] && literal(claim[name]));
      if (claim.reference && claim.subject) say(claim.subject, enf("reference"), iri(claim.id));
      say(claim.source, enf("publisher"), View.source(claim).publisher && literal(View.source(claim).publisher));
    }
    const heads = { rdfs: "http://www.w3.org/2000/01/rdf-schema#", skos: "http://www.w3.org/2004/02/skos/core#" };
    const prefixes = Object.entries(heads).map(([name, space]) => `@prefix ${name}: <${space}> .\n`);
    return `${prefixes.join("")}\n${[...blocks].map(([subject, said]) => `${iri(subject)}\n  ${[...said].join(" ;\n  ")} .\n`).join("\n")}`;
  };

  const COLUMNS = ["claim", "source", "publisher", "role", "said", "subject", "label", "penalty", "text", "quote", "gloss", "statement", "verdicts", "reference", "url", "archive"];
  // A spreadsheet takes a cell that begins like this for a formula (OWASP, CSV injection).
  const cell = (value) => {
    const still = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(still) ? `"${still.replace(/"/g, '""')}"` : still;
  };

  /** The claims of the selection as CSV (RFC 4180), without live formulas. */
  View.toCSV = () => {
    const row = (claim) => {
      const source = View.source(claim);
      const values = { ...claim, claim: claim.id, publisher: source.publisher, role: source.role, said: View.said(claim), label: claim.subject ? View.name(claim.subject) : "", verdicts: claim.kinds.join(" "), reference: claim.reference ? "true" : "", url: claim.url || source.url, archive: source.archive };
      return COLUMNS.map((name) => cell(String(values[name] ?? ""))).join(",");
    };
    return `\ufeff${[COLUMNS.join(","), ...selection().claims.map(row)].join("\r\n")}\r\n`;
  };

  const name = () => (View.state().selected || View.state().campaign || model.layer).split(/[ /]/).filter(Boolean).pop().replace(/[^\w-]/g, "").slice(0, 60) || "graph";
  View.exports = {
    png: async () => View.download(`${name()}.png`, "image/png", await View.toPNG()),
    svg: () => View.download(`${name()}.svg`, "image/svg+xml", View.toSVG()),
    turtle: () => View.download(`${name()}.ttl`, "text/turtle;charset=utf-8", View.toTurtle()),
    csv: () => View.download(`${name()}.csv`, "text/csv;charset=utf-8", View.toCSV()),
    link: async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        View.tell(View.word("linkCopied"));
      } catch {
        View.tell(location.href); // no leave to copy: it stands in the address bar, and is told
      }
    },
  };
}
