"use strict";
// Filters by verdict, penalty, source and year, and the legend, whose signs are filters too.
{
  const { model, make, word, label } = View;
  const counted = (values) => values.reduce((map, value) => map.set(value, (map.get(value) ?? 0) + 1), new Map());
  const counts = {
    verdicts: counted(model.claims.flatMap((claim) => claim.kinds)),
    penalties: counted(model.claims.map((claim) => claim.penalty).filter(Boolean)),
    sources: counted(model.claims.map((claim) => claim.source)),
    classes: counted(model.nodes.map((node) => node.class)),
  };
  const years = [...new Set([...model.nodes.flatMap((node) => node.years), ...model.claims.map((claim) => View.year(View.said(claim)))])].filter((year) => year > 0).sort((a, b) => a - b);
  View.known = { sources: counts.sources, penalties: counts.penalties, verdicts: counts.verdicts, years: new Set(years) };

  const names = {
    verdicts: (id) => label(View.kinds.get(id)?.label) || id,
    penalties: (id) => View.name(id),
    sources: (id) => model.sources[id]?.publisher || id,
  };

  const choice = (key) => ([id, count]) => {
    const kind = key === "verdicts" && View.kinds.get(id);
    const box = make("input", { type: "checkbox", "data-filter": key, value: id, onchange: () => View.set({ [key]: View.toggled(View.state()[key], id) }) });
    return View.tint(make("label", {}, box, kind && make("span", { class: "sign", "aria-hidden": "true" }, kind.icon), make("span", { class: "name" }, names[key](id)), make("small", {}, View.number(count))), kind && View.ink(kind.colour));
  };
  const group = (key) => {
    if (counts[key].size < 2) return null;
    const sorted = [...counts[key]].sort((a, b) => (key === "verdicts" ? (View.kinds.get(b[0])?.severity ?? 0) - (View.kinds.get(a[0])?.severity ?? 0) : 0) || b[1] - a[1]).slice(0, 300);
    return make("details", { class: "group", open: key === "verdicts", "data-group": key }, make("summary", {}, word(`filter.${key}`)), make("fieldset", {}, make("legend", { class: "unseen" }, word(`filter.${key}`)), sorted.map(choice(key))));
  };
  const yearChoice = (key) =>
    make("label", { class: "year" }, make("span", {}, word(`filter.${key}`)),
      make("select", { "data-filter": key, onchange: (event) => View.set({ [key]: Number(event.target.value) || null }) }, make("option", { value: "" }, word("filter.any")), years.map((year) => make("option", { value: year }, year))));

  View.buildFilters = () => {
    const open = new Map([...View.byId("filters").querySelectorAll("[data-group]")].map((box) => [box.dataset.group, box.open]));
    const parts = [years.length > 1 && make("div", { class: "years" }, yearChoice("from"), yearChoice("to")), group("verdicts"), group("penalties"), group("sources")].filter(Boolean);
    for (const part of parts) if (open.has(part.dataset.group)) part.open = open.get(part.dataset.group);
    View.byId("filters").replaceChildren(
      make("header", {}, make("h2", {}, word("filters")), make("button", { type: "button", class: "quiet close", "aria-label": word("close"), onclick: () => View.openFilters(false) }, make("span", { "aria-hidden": "true" }, "×"))),
      ...parts, make("button", { type: "button", class: "quiet", id: "reset-filters", onclick: View.clearFilters }, word("reset")));
  };

  View.clearFilters = () => View.set(Object.fromEntries(View.FILTERS.map((key) => [key, View.first[key]])));
  View.isFiltered = (state) => View.FILTERS.filter((key) => key !== "hidden").reduce((sum, key) => sum + (Array.isArray(state[key]) ? state[key].length : state[key] ? 1 : 0), 0);

  View.openFilters = (open) => {
    View.byId("filters").hidden = !open;
    View.byId("app").classList.toggle("with-filters", open);
    View.byId("filter-button").setAttribute("aria-expanded", String(open));
    if (open) View.byId("filters").querySelector("button").focus();
  };

  View.showFilters = (state) => {
    for (const box of View.byId("filters").querySelectorAll("[data-filter]")) {
      if (box.type === "checkbox") box.checked = state[box.dataset.filter].includes(box.value);
      else box.value = state[box.dataset.filter] ?? "";
    }
    const active = View.isFiltered(state);
    View.byId("filter-count").textContent = active ? String(active) : "";
    View.byId("filter-count").hidden = !active;
  };

  const chip = (attributes, ...children) => make("button", { type: "button", class: "chip", ...attributes }, ...children);
  const classChip = (found) =>
    View.tint(
      chip({ "data-class": found.id, onclick: () => View.set({ hidden: View.toggled(View.state().hidden, found.id) }) },
        View.emblem(found.id, found.colour || sample(found.id)), make("span", {}, label(found.label)), make("small", {}, View.number(counts.classes.get(found.id) ?? 0))),
      View.ink(found.colour || sample(found.id)));
  const sample = (name) => model.nodes.find((node) => node.class === name && node.colour)?.colour;
  const kindChip = (kind) =>
    View.tint(
      chip({ "data-kind": kind.id, title: label(kind.definition), onclick: () => View.set({ verdicts: View.toggled(View.state().verdicts, kind.id) }) },
        make("span", { class: "sign", "aria-hidden": "true" }, kind.icon), make("span", {}, label(kind.label))),
      View.ink(kind.colour));

  View.buildLegend = () => {
    const used = new Set(model.edges.map((edge) => edge.kind));
    View.byId("legend").replaceChildren(...model.classes.filter((found) => counts.classes.has(found.id)).map(classChip), ...model.kinds.filter((kind) => used.has(kind.id)).map(kindChip));
    View.byId("legend").setAttribute("aria-label", word("legend"));
  };

  View.showLegend = (state) => {
    for (const button of View.byId("legend").children) {
      const on = button.dataset.class ? !state.hidden.includes(button.dataset.class) : state.verdicts.includes(button.dataset.kind);
      button.setAttribute("aria-pressed", String(on));
    }
  };
}
