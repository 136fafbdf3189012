"use strict";
// Search with suggestions: any label, in any language, by mouse or keyboard (ARIA combobox pattern).
{
  const MOST = 12;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null;

  const indexed = () => {
    index ??= View.model.nodes.map((node) => ({ node, texts: [...Object.values(node.label), ...Object.values(node.text), ...node.aliases].filter((text) => typeof text === "string").map(plain) }));
    return index;
  };

  /** The nodes that a text finds: those that begin with it first, then by the ontology's order. */
  View.find = (text) => {
    const wanted = plain(text.trim());
    if (!wanted) return [];
    const found = [];
    for (const { node, texts } of indexed()) {
      const places = texts.map((own) => own.indexOf(wanted)).filter((place) => place >= 0);
      if (places.length) found.push({ node, place: Math.min(...places) });
    }
    const order = (node) => View.classes.get(node.class)?.order ?? 99;
    return found.sort((a, b) => (a.place > 0) - (b.place > 0) || order(a.node) - order(b.node) || b.node.size - a.node.size).slice(0, MOST).map(({ node }) => node);
  };

  View.startSearch = () => {
    const input = View.byId("search");
    const list = View.byId("suggestions");
    let found = [];
    let active = -1;

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (node) => {
      close();
      input.value = "";
      View.reveal(node.id);
      View.focus(node.id);
    };
    const option = (node, i) => {
      const other = Object.entries(node.label).find(([language, text]) => language !== View.language && text !== View.title(node))?.[1];
      const name = View.make("span", { class: "name" }, View.title(node), other && View.make("small", {}, other));
      return View.make("li", { role: "option", id: `suggestion-${i}`, "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: () => choose(node) },
        View.emblem(node.class, node.colour || View.classes.get(node.class)?.colour), name, View.make("small", { class: "class" }, View.label(View.classes.get(node.class)?.label)));
    };
    const suggest = () => {
      found = View.find(input.value);
      const nothing = View.make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "nothing" }, View.word("nothingFound"));
      list.replaceChildren(...(found.length ? found.map(option) : [nothing]));
      list.hidden = !input.value.trim();
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(-1);
    };
    const mark = (next) => {
      active = next;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", `suggestion-${active}`);
      return list.children[active].scrollIntoView({ block: "nearest" });
    };

    const KEYS = {
      ArrowDown: () => (list.hidden ? suggest() : mark((active + 1) % Math.max(1, found.length))),
      ArrowUp: () => mark((active + found.length - 1 + (active < 0)) % Math.max(1, found.length)),
      Enter: () => found.length && choose(found[Math.max(0, active)]),
      Escape: () => {
        input.value = "";
        close();
      },
    };
    input.addEventListener("input", suggest);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (!(event.key in KEYS) || (event.key === "Escape" && !input.value) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (found.length || event.key === "Escape" || event.key === "ArrowDown") KEYS[event.key]();
    });
  };
}
