"use strict";
// The evidence behind what is selected: its figures, each with source, date, quote, link, verdicts and why.
{
  const { make, word, label } = View;

  const link = (text, address) => View.isLink(address) && make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text);

  const quote = (claim, source) => {
    if (!claim.quote) return make("p", { class: "unquoted" }, word("restated"));
    const [start, end] = claim.mark ?? [0, 0];
    const marked = claim.mark ? [claim.quote.slice(0, start), make("mark", {}, claim.quote.slice(start, end)), claim.quote.slice(end)] : claim.quote;
    return make("blockquote", { lang: source.language || null }, marked);
  };

  const verdict = (id) => {
    const kind = View.kinds.get(id);
    if (!kind) return null;
    return View.tint(
      make("li", {}, make("details", { class: "verdict" },
        make("summary", {}, make("span", { class: "sign", "aria-hidden": "true" }, kind.icon), make("span", {}, label(kind.label))),
        make("p", {}, label(kind.definition)))),
      View.ink(kind.colour));
  };

  const judgement = (judged) =>
    make("p", { class: "judged" }, make("strong", {}, word("judged")), " ",
      word("ruleSaid", label(View.kinds.get(judged.rule)?.label) || judged.rule, judged.author, label(View.kinds.get(judged.kind)?.label) || judged.kind), " ", judged.reason);

  const severity = (claim) => Math.max(-1, ...claim.kinds.map((kind) => View.kinds.get(kind)?.severity ?? 0));

  const card = (claim, selected) => {
    const source = View.source(claim);
    const about = claim.subject && claim.subject !== selected ? View.nodes.get(claim.subject) : null;
    const kinds = [...claim.kinds].sort((a, b) => (View.kinds.get(b)?.severity ?? 0) - (View.kinds.get(a)?.severity ?? 0));
    const sentences = claim.sentences[View.language] ?? claim.sentences.en ?? [];
    return make("article", { class: claim.reference ? "claim reference" : "claim" },
      about && make("p", { class: "about" }, make("button", { type: "button", class: "plain", "data-select": about.id }, View.title(about))),
      claim.text && make("p", { class: "figure", lang: source.language || null }, claim.text),
      make("h3", {}, source.publisher || claim.source, claim.reference && make("span", { class: "tag" }, word("reference"))),
      make("p", { class: "meta" }, [View.said(claim), label(source.roleLabel)].filter(Boolean).join(" · ")),
      claim.text || claim.quote ? quote(claim, source) : null,
      claim.gloss && make("p", { class: "gloss", lang: "en" }, claim.gloss),
      claim.statement && make("p", { class: "statement", lang: "en" }, claim.statement),
      kinds.length > 0 && make("ul", { class: "verdicts", "aria-label": word("verdicts") }, kinds.map(verdict)),
      sentences.length > 0 && make("ul", { class: "sentences" }, sentences.map((sentence) => make("li", {}, sentence))),
      claim.judgements.map(judgement),
      label(claim.why) && make("p", { class: "why" }, make("strong", {}, word("whyTitle")), " ", label(claim.why)),
      make("p", { class: "links" }, link(word("open"), claim.url || source.url), link(word("archive"), source.archive)));
  };

  const MOST = 40;
  const cards = (claims, selected, from = 0) => {
    const box = make("div", { class: "cards" }, claims.slice(from, from + MOST).map((claim) => card(claim, selected)));
    const rest = claims.length - from - MOST;
    if (rest > 0) box.append(make("button", { type: "button", class: "quiet", onclick: (event) => event.target.replaceWith(cards(claims, selected, from + MOST)) }, word("more", View.number(rest))));
    return box;
  };

  // The reference first, then what departs most from it.
  const ranked = (claims) => [...claims].sort((a, b) => b.reference - a.reference || severity(b) - severity(a));

  const neighbours = (id, shown) => {
    const groups = new Map();
    for (const edge of View.links.get(id) ?? []) {
      if (!shown.edges.has(edge.id)) continue;
      const name = View.property(edge);
      groups.set(name, [...(groups.get(name) ?? []), edge]);
    }
    if (!groups.size) return null;
    const row = (edge) => {
      const other = View.nodes.get(edge.from === id ? edge.to : edge.from);
      return make("li", {}, make("button", { type: "button", class: "plain", "data-select": other.id },
        View.emblem(other.class, other.colour || View.classes.get(other.class)?.colour), make("span", {}, View.title(other))),
        label(edge.text) && make("button", { type: "button", class: "plain amount", "data-select": edge.id, "aria-label": `${label(edge.text)}: ${word("evidence")}` }, label(edge.text)));
    };
    const group = ([name, edges]) => [make("h3", {}, name), make("ul", { class: "near" }, edges.slice(0, MOST).map(row), edges.length > MOST && make("li", { class: "meta" }, word("more", View.number(edges.length - MOST))))];
    return make("details", { class: "linked", open: !View.evidence(id).length }, make("summary", {}, word("links", View.number([...groups.values()].flat().length))), [...groups].map(group));
  };

  const head = (id) => {
    const edge = View.edges.get(id);
    const node = View.nodes.get(id);
    if (edge) {
      const end = (which) => make("button", { type: "button", class: "plain", "data-select": which }, View.title(View.nodes.get(which)));
      return [make("p", { class: "class" }, View.property(edge)), make("h2", { tabindex: "-1" }, end(edge.from), " → ", end(edge.to)), label(edge.text) && make("p", { class: "figure" }, label(edge.text))];
    }
    const found = View.classes.get(node.class);
    const children = View.children.get(id)?.length;
    return [
      make("p", { class: "class" }, View.emblem(node.class, node.colour || found?.colour, View.iconOf(node)), label(found?.label)),
      make("h2", { tabindex: "-1" }, View.title(node)),
      label(node.text) && label(node.label) && make("p", { class: "figure" }, label(node.text)),
      node.years.length > 0 && make("p", { class: "meta" }, node.years.length > 1 ? `${node.years[0]}–${node.years[node.years.length - 1]}` : node.years[0]),
      make("p", { class: "links" }, link(word("open"), node.url)),
      children > 0 && make("button", { type: "button", class: "quiet", id: "expand", "data-expand": id }, word(View.state().open.includes(id) ? "collapse" : "expand", View.number(children))),
    ];
  };

  View.showPanel = (state, shown) => {
    const panel = View.byId("panel");
    const id = state.selected;
    const known = View.nodes.has(id) || View.edges.has(id);
    panel.hidden = !known;
    View.byId("app").classList.toggle("with-panel", known);
    if (!known) return;
    const claims = ranked(View.evidence(id, shown));
    const close = make("button", { type: "button", class: "quiet close", "aria-label": word("close"), onclick: () => View.set({ selected: "" }) }, make("span", { "aria-hidden": "true" }, "×"));
    const top = make("header", {}, make("div", {}, head(id)), close);
    const told = make("h3", { class: "count" }, claims.length ? word("claims", claims.length) : word("noClaims"));
    panel.replaceChildren(top, make("section", {}, told, cards(claims, id)), ...[neighbours(id, shown)].filter(Boolean));
    panel.setAttribute("aria-label", word("evidence"));
    panel.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-select], [data-expand]");
    if (!button) return;
    if (button.dataset.expand) {
      View.expand(button.dataset.expand);
      return;
    }
    const inPanel = Boolean(button.closest("#panel")); // asked now: the panel is about to be filled anew
    View.reveal(button.dataset.select);
    View.focus(button.dataset.select);
    if (inPanel) View.byId("panel").querySelector("h2").focus({ preventScroll: true });
  });
}
