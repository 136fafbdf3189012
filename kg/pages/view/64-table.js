"use strict";
// The same nodes and edges as a table: for the keyboard, for screen readers, and for who likes lists.
{
  const { make, word, label } = View;
  const PAGE = 200;
  let page = { nodes: 0, edges: 0 };

  const pick = (id, text) => make("button", { type: "button", class: "plain", "data-select": id }, text);
  const nodeRow = (state) => (node) =>
    make("tr", { "data-row": node.id, "aria-selected": node.id === state.selected ? "true" : null },
      make("th", { scope: "row" }, pick(node.id, View.title(node))), make("td", {}, label(View.classes.get(node.class)?.label)), make("td", {}, label(node.text)),
      make("td", {}, node.years.length > 1 ? `${node.years[0]}–${node.years[node.years.length - 1]}` : node.years.join("")), make("td", { class: "number" }, View.number(node.claims.length)), make("td", { class: "number" }, View.number(View.links.get(node.id).length)));
  const edgeRow = (state) => (edge) =>
    make("tr", { "data-row": edge.id, "aria-selected": edge.id === state.selected ? "true" : null },
      make("th", { scope: "row" }, pick(edge.id, View.title(View.nodes.get(edge.from)))), make("td", {}, View.property(edge)), make("td", {}, pick(edge.to, View.title(View.nodes.get(edge.to)))),
      make("td", {}, label(edge.text)), make("td", {}, label(View.kinds.get(edge.kind)?.label)), make("td", { class: "number" }, View.number(edge.claims.length)));

  const table = (name, items, columns, row, state) => {
    const last = Math.max(0, Math.ceil(items.length / PAGE) - 1);
    const at = Math.min(page[name], last);
    const turn = (step) => () => {
      page = { ...page, [name]: at + step };
      View.showTable(View.state(), View.shown());
      View.byId(`table-${name}`).scrollIntoView({ block: "start" });
    };
    const turner = last > 0 && make("p", { class: "pages" },
      make("button", { type: "button", class: "quiet", disabled: at === 0, onclick: turn(-1) }, word("previous")), word("page", View.number(at + 1), View.number(last + 1)),
      make("button", { type: "button", class: "quiet", disabled: at === last, onclick: turn(1) }, word("next")));
    return make("div", { class: "scroll", id: `table-${name}`, role: "region", tabindex: "0", "aria-label": word(`table.${name}`) },
      make("table", {}, make("caption", {}, word(`table.${name}`), make("small", {}, View.number(items.length))),
        make("thead", {}, make("tr", {}, columns.map((column) => make("th", { scope: "col" }, word(`table.${column}`))))), make("tbody", {}, items.slice(at * PAGE, (at + 1) * PAGE).map(row(state)))),
      turner);
  };

  View.showTable = (state, shown) => {
    const box = View.byId("table");
    box.hidden = !state.table;
    View.byId("stage").hidden = state.table;
    View.byId("table-button").setAttribute("aria-pressed", String(state.table));
    if (!state.table) {
      box.replaceChildren();
      return;
    }
    const order = (node) => View.classes.get(node.class)?.order ?? 0;
    const nodes = View.model.nodes.filter((node) => shown.nodes.has(node.id)).sort((a, b) => order(a) - order(b));
    const edges = View.model.edges.filter((edge) => shown.edges.has(edge.id));
    box.replaceChildren(
      table("nodes", nodes, ["name", "class", "figure", "years", "claims", "links"], nodeRow, state),
      table("edges", edges, ["from", "relation", "to", "figure", "verdict", "claims"], edgeRow, state));
  };
}
