"use strict";
// The model as it was written into the page, found by id, and the words of the interface. Strings are data: they only become text.
const View = {};
{
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const model = read("model");
  const words = read("view-words");
  const byId = (items) => new Map(items.map((item) => [item.id, item]));

  // What is empty was left out of the page; here it is put back. An edge is named by what it links.
  const NODE = { label: {}, text: {}, claims: [], years: [], aliases: [], parent: "", by: "", colour: "", icon: "", url: "", collapsed: false };
  const EDGE = { text: {}, claims: [], kind: "", dashes: false };
  const CLAIM = { reference: false, kinds: [], mark: null, quote: "", gloss: "", statement: "", text: "", url: "", penalty: "", why: {}, sentences: {}, judgements: [] };
  const SOURCE = { publisher: "", role: "", roleLabel: {}, said: "", language: "", url: "", archive: "" };
  for (const node of model.nodes) for (const key in NODE) node[key] ??= NODE[key];
  for (const claim of model.claims) for (const key in CLAIM) claim[key] ??= CLAIM[key];
  for (const source of Object.values(model.sources)) for (const key in SOURCE) source[key] ??= SOURCE[key];
  const named = new Set();
  for (const edge of model.edges) {
    for (const key in EDGE) edge[key] ??= EDGE[key];
    edge.id = `${edge.from} ${edge.property} ${edge.to}`;
    while (named.has(edge.id)) edge.id += "+";
    named.add(edge.id);
  }

  View.model = model;
  View.words = () => (words[View.language] ?? words.en).view;
  View.pageWords = () => words[View.language] ?? words.en;
  View.nodes = byId(model.nodes);
  View.edges = byId(model.edges);
  View.classes = byId(model.classes);
  View.kinds = byId(model.kinds);
  View.large = model.renderer === "sigma";
  View.languages = model.languages.filter((language) => language in words);
  View.children = new Map();
  for (const node of model.nodes) {
    if (!node.parent) continue;
    if (!View.children.has(node.parent)) View.children.set(node.parent, []);
    View.children.get(node.parent).push(node.id);
  }

  View.links = new Map(model.nodes.map((node) => [node.id, []]));
  for (const edge of model.edges) {
    View.links.get(edge.from)?.push(edge);
    if (edge.to !== edge.from) View.links.get(edge.to)?.push(edge);
  }

  /** A label in the page's language; where it has none, in any it has. */
  View.label = (labels, language = View.language) => labels?.[language] || labels?.en || Object.values(labels ?? {})[0] || "";

  /** The name of a node: its label, or the last part of its id. */
  View.name = (id, language = View.language) => View.label(View.nodes.get(id)?.label, language) || String(id).split("/").pop();

  /** What a node is called in the picture: a label, or a figure where that is all it has. */
  View.title = (node, language = View.language) => View.label(node.label, language) || View.label(node.text, language) || View.name(node.id);

  View.property = (edge) => View.label(model.properties[edge.property]) || edge.property;
  View.source = (claim) => model.sources[claim.source] ?? SOURCE;
  View.said = (claim) => claim.said || View.source(claim).said;

  /** A word of the interface; {} in it are filled in order, {1} by number. A list of two words is one for one, one for many. */
  View.word = (key, ...values) => {
    let found = key.split(".").reduce((entry, part) => entry?.[part], View.words());
    if (Array.isArray(found)) found = found[values[0] === 1 ? 0 : 1];
    let place = 0;
    return found?.replace(/\{(\d?)\}/g, (_, number) => String(values[number === "" ? place++ : Number(number)])) ?? "";
  };

  /** A number as the page's language writes it. */
  View.number = (value) => value.toLocaleString(View.language);

  View.year = (date) => Number(/^\d{4}/.exec(date)?.[0] ?? NaN);
  View.isLink = (address) => /^https?:\/\/[^\s<>"\\]+$/i.test(address ?? "");
}
