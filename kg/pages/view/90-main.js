"use strict";
// Everything put together: the store tells, the parts show.
{
  const { model, byId, make, word, label } = View;
  const root = document.documentElement;
  const [app, canvas] = [byId("app"), byId("canvas")];

  const speak = () => {
    root.lang = View.language;
    const { tagline, theme, footer } = View.pageWords();
    document.querySelector(".brand span").textContent = tagline;
    byId("theme").lastChild.textContent = theme;
    document.querySelector("footer p").textContent = footer;
    document.querySelector(".skip").textContent = word("skip");
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

  const showColumns = () => {
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

  // All of it where it can be read so; else as large as can be read, round what is open.
  const fit = (whole, slowly) => {
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
      if (View.renderer && !state.table) showColumns();
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
      showColumns();
      canvas.dataset.drawn = "true";
    },
    looked: () => {
      clearTimeout(looking);
      looking = setTimeout(() => View.set({ place: View.renderer.place() }), 250);
    },
  };

  // From the selected to the nearest in the arrow's direction, as the eye would go.
  const step = (dx, dy) => {
    const { selected } = View.state();
    const shown = View.shown();
    const here = View.nodes.has(selected) ? View.renderer.positions(selected) : null;
    let best = "";
    let least = Infinity;
    for (const id of shown.nodes) {
      if (!here) return tell.select(id);
      const there = View.renderer.positions(id);
      const [ahead, aside] = [(there.x - here.x) * dx + (there.y - here.y) * dy, Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)];
      const away = ahead + 2 * aside;
      if (ahead > 1 && aside <= ahead * 2 && away < least) [best, least] = [id, away];
    }
    if (best) {
      tell.select(best);
      View.focus(best);
    }
    return null;
  };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  canvas.addEventListener("keydown", (event) => {
    if (event.key in ARROWS) step(...ARROWS[event.key]);
    else if (event.key === "Enter") byId("panel").querySelector("h2")?.focus();
    else if (event.key === " ") View.expand(View.state().selected);
    else if (event.key === "+" || event.key === "=") View.renderer.zoom(1.4);
    else if (event.key === "-") View.renderer.zoom(1 / 1.4);
    else if (event.key === "0") fit(true, true);
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = byId("export");
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!byId("filters").hidden && byId("filters").contains(document.activeElement)) {
      View.openFilters(false);
      byId("filter-button").focus();
    } else View.undo();
  });

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
    fit(true, true);
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
    else fit(false, false);
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
  show(View.state(), Object.keys(View.state()));
  if (View.renderer && found.place) View.renderer.look({ x: found.place[0], y: found.place[1], scale: found.place[2] }, false);
  else if (View.renderer) fit(false, false);
  app.dataset.ready = "true";
}
