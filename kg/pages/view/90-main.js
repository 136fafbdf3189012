"use strict";
// Everything put together: the store tells, the parts show.
{
  const { model, byId, make, word, label } = View;
  const root = document.documentElement;
  const [app, canvas] = [byId("app"), byId("canvas")];

  const speak = () => {
    root.lang = View.language;
    const { tagline, theme, footer, site } = View.pageWords();
    document.querySelector(".brand span").textContent = tagline;
    byId("theme").lastChild.textContent = theme;
    document.querySelector("footer p").textContent = footer;
    document.querySelector(".skip").textContent = word("skip");
    for (const element of document.querySelectorAll("[data-site]")) element.textContent = site[element.dataset.site];
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-name]")) element.setAttribute("aria-label", word(element.dataset.name));
    byId("search").placeholder = word("search");
    byId("title").textContent = label(model.title);
    document.title = `${label(model.title)} · enforcement-kg`;
    byId("lead").textContent = word(`lead.${model.layer}`);
    View.buildFilters();
    View.buildLegend();
    View.buildTimeline();
  };

  const showCounts = (shown) => {
    const told = word("counts", View.number(shown.nodes.size), View.number(model.nodes.length), View.number(shown.edges.size), View.number(model.edges.length));
    byId("counts").textContent = told;
    byId("counts").dataset.nodes = shown.nodes.size;
    byId("counts").dataset.edges = shown.edges.size;
    canvas.setAttribute("aria-label", word("canvas", label(model.title), View.number(shown.nodes.size), View.number(shown.edges.size)));
    byId("empty").hidden = shown.nodes.size > 0;
  };

  const show = (state, changed) => {
    if (changed.includes("theme") && state.theme) root.dataset.theme = state.theme;
    if (changed.includes("theme") && !state.theme) delete root.dataset.theme;
    if (changed.includes("language")) speak();
    const only = (...keys) => changed.every((key) => keys.includes(key));
    if (!only("place")) {
      const shown = View.shown(state);
      if (changed.includes("table")) View.showTable(state, shown);
      View.renderer?.render(state, shown, View.lit(state, shown));
      showCounts(shown);
      if (!only("moving", "labels", "theme")) {
        View.showTable(state, shown);
        View.showPanel(state, shown);
        View.showFilters(state);
        View.showLegend(state);
        View.showTimeline(state);
      }
      byId("labels").value = state.labels;
      byId("language").value = state.language;
      byId("move").setAttribute("aria-pressed", String(state.moving));
      byId("move").textContent = word(state.moving ? "stop" : "move");
      if (View.renderer && !state.table) View.showColumns();
    }
    if (changed.includes("selected")) View.tell(state.selected && View.nodes.has(state.selected) ? word("selected", View.title(View.nodes.get(state.selected))) : "");
  };

  View.focus = (id, near = true) => {
    if (!View.state().table) View.renderer?.focus(id, near);
  };

  /** Shows a state that came with an address. */
  View.arrive = (found) => {
    View.set(found);
    if (found.place && View.renderer) View.renderer.look({ x: found.place[0], y: found.place[1], scale: found.place[2] }, false);
  };

  let looking = 0;
  const tell = {
    select: (id) => View.set({ selected: View.nodes.has(id) || View.edges.has(id) ? id : "" }),
    toggle: (id) => View.expand(id),
    drawn: () => {
      View.showColumns();
      canvas.dataset.drawn = "true";
    },
    looked: () => {
      clearTimeout(looking);
      looking = setTimeout(() => View.set({ place: View.renderer.place() }), 250);
    },
  };

  byId("filter-button").addEventListener("click", () => View.openFilters(byId("filters").hidden));
  byId("labels").addEventListener("change", (event) => View.set({ labels: event.target.value }));
  byId("language").addEventListener("change", (event) => View.set({ language: event.target.value }));
  byId("table-button").addEventListener("click", () => View.set({ table: !View.state().table }));
  byId("move").addEventListener("click", () => View.set({ moving: !View.state().moving }));
  byId("closer").addEventListener("click", () => View.renderer.zoom(1.4));
  byId("farther").addEventListener("click", () => View.renderer.zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => {
    View.set({ moving: false });
    View.renderer.reset();
    View.renderer.render(View.state(), View.shown(), View.lit());
    View.fit(true, true);
    tell.looked();
  });
  byId("undo").addEventListener("click", View.undo);
  byId("export").addEventListener("click", (event) => {
    const button = event.target.closest("[data-export]");
    if (!button) return;
    byId("export").open = false;
    View.exports[button.dataset.export]();
  });
  document.addEventListener("click", (event) => {
    if (!byId("export").contains(event.target)) byId("export").open = false;
  });

  const retheme = () => {
    View.seeTheme();
    View.renderer?.retheme();
    View.buildFilters();
    View.buildLegend();
    show(View.state(), ["selected"]);
  };
  new MutationObserver(() => {
    retheme();
    View.set({ theme: root.dataset.theme ?? "" });
  }).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
  let [width, size] = [byId("timeline").clientWidth, ""];
  new ResizeObserver(() => {
    if (byId("timeline").clientWidth !== width) View.buildTimeline();
    width = byId("timeline").clientWidth;
    const now = `${canvas.clientWidth} ${canvas.clientHeight}`;
    if (!View.renderer || View.state().table || now === size) return;
    size = now;
    View.renderer.resize();
    const { place } = View.state();
    if (place) View.renderer.look({ x: place[0], y: place[1], scale: place[2] }, false);
    else View.fit(false, false);
    if (View.state().selected) View.focus(View.state().selected, false);
  }).observe(byId("stage"));

  byId("language").replaceChildren(...View.languages.map((language) => make("option", { value: language, lang: language }, new Intl.DisplayNames([language], { type: "language" }).of(language))));
  byId("move").hidden = View.large;
  byId("timeline").open = model.layer === "facts" && matchMedia("(min-width: 45rem) and (min-height: 45rem)").matches;
  const found = View.fromAddress();
  if (found.theme) root.dataset.theme = found.theme;
  View.seeTheme();
  View.set(found);
  speak();
  try {
    View.renderer = (View.large ? View.sigmaRenderer : View.visRenderer)(canvas, tell);
  } catch (error) {
    View.set({ table: true }); // no WebGL here: the table holds the same
    byId("failed").hidden = false;
    console.warn(error);
  }
  size = `${canvas.clientWidth} ${canvas.clientHeight}`;
  View.listen(show);
  View.listen((state) => View.toAddress(state));
  View.startSearch();
  View.startKeys(tell);
  show(View.state(), Object.keys(View.state()));
  if (View.renderer && found.place) View.renderer.look({ x: found.place[0], y: found.place[1], scale: found.place[2] }, false);
  else if (View.renderer) View.fit(false, false);
  app.dataset.ready = "true";
}
