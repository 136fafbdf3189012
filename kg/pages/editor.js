"use strict";
// The query as CodeMirror shows it, in the place of the plain field, which is what the form sends. It stands in a shadow tree: there its
// styles are sheets that a script adopts, which the page's policy allows without a word about inline styles.
if (globalThis.CodeMirror) {
  const { EditorView, Prec, keymap, tags } = CodeMirror;
  const field = document.querySelector("textarea[name=query]");
  const form = field.form;
  const WORDS = /[\p{L}\p{N}_:-]+(?: [\p{L}\p{N}_:-]+){0,5}/u; // a label may have several

  // What can be completed, asked for when it is first needed: terms by their names and labels, codes by their labels.
  let words;
  const known = () =>
    (words ??= fetch("/api/terms")
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then(options)
      .catch(() => {
        words = undefined;
        return [];
      }));

  const options = ({ base, prefixes, terms }) => {
    const spaces = Object.entries(prefixes);
    const short = (iri) => {
      const [prefix, space] = spaces.find(([, space]) => iri.startsWith(space) && /^[\w-]+$/.test(iri.slice(space.length))) ?? [];
      if (prefix) return `${prefix}:${iri.slice(space.length)}`;
      return `<${iri.startsWith(base) ? iri.slice(base.length) : iri}>`;
    };
    const found = spaces.map(([prefix, space]) => ({ label: `${prefix}:`, detail: space, boost: -1 }));
    for (const { iri, labels } of terms) {
      const name = short(iri);
      const own = labels.find((each) => each.language === document.documentElement.lang) ?? labels[0];
      if (!name.startsWith("<")) found.push({ label: name, detail: own.value });
      for (const text of new Set(labels.map((each) => each.value))) found.push({ label: text, detail: name, apply: name });
    }
    return found;
  };

  // From the first of the words before the cursor with which a label begins, else from the last word.
  const complete = async (context) => {
    const { from, text } = context.matchBefore(WORDS) ?? { from: context.pos, text: "" };
    if (!text && !context.explicit) return null;
    const found = await known();
    const starts = [...text.matchAll(/(?<= |^)(?=[^ ])/g)].map((match) => match.index);
    const begins = (start) => found.some(({ label }) => label.toLowerCase().startsWith(text.slice(start).toLowerCase()));
    const at = from + (starts.find(begins) ?? starts.at(-1) ?? 0);
    if (/[?$@<]/.test(context.state.sliceDoc(Math.max(0, at - 1), at))) return null;
    return { from: at, options: found, validFor: /^[\p{L}\p{N}_:-]*$/u };
  };

  // What is typed over a selection is put in its place here: a browser would do so with an inline style, which the policy forbids.
  const typedOver = (event, view) => {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || view.composing) return false;
    const put = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, event.data, put));
    if (!handled) view.dispatch(put());
    event.preventDefault();
    return true;
  };

  const look = CodeMirror.HighlightStyle.define([
    { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
    { tag: tags.standard(tags.variableName), color: "var(--accent)" },
    { tag: tags.local(tags.variableName), color: "var(--variable)" },
    { tag: tags.atom, color: "var(--term)" },
    { tag: tags.string, color: "var(--text)" },
    { tag: [tags.comment, tags.meta], color: "var(--soft)" },
  ]);
  const theme = EditorView.theme({
    "&": { color: "var(--ink)", background: "var(--raised)", border: "1px solid var(--strong-line)", borderRadius: "0.4rem", fontSize: "0.875rem" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
    ".cm-scroller": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace', lineHeight: "1.55" },
    ".cm-content": { minHeight: "12rem", padding: "0.5rem 0.3rem", caretColor: "var(--ink)" },
    "&.cm-focused .cm-matchingBracket": { background: "var(--mark)", color: "inherit" },
    ".cm-tooltip": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--strong-line)" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxWidth: "min(44rem, 90vw)" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
    ".cm-completionDetail": { fontStyle: "normal", opacity: "0.8" },
  });

  const host = document.createElement("div");
  host.className = "editor";
  field.closest("label").after(host);
  field.hidden = true;
  const tree = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    doc: field.value,
    parent: tree,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (form.requestSubmit(), true) }])),
      CodeMirror.StreamLanguage.define(CodeMirror.sparql),
      CodeMirror.syntaxHighlighting(look),
      CodeMirror.history(),
      CodeMirror.bracketMatching(),
      CodeMirror.closeBrackets(),
      CodeMirror.autocompletion({ override: [CodeMirror.ifNotIn(["comment", "string", "keyword"], complete)], icons: false }),
      keymap.of([...CodeMirror.closeBracketsKeymap, ...CodeMirror.defaultKeymap, ...CodeMirror.historyKeymap]),
      EditorView.domEventHandlers({ beforeinput: typedOver }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": field.closest("label").textContent.trim() }),
      theme,
    ],
  });
  field.closest("label").addEventListener("click", () => view.focus());
  // A long query is posted: addresses have a limit, here and in proxies.
  form.addEventListener("submit", () => {
    field.value = view.state.doc.toString();
    form.method = encodeURIComponent(field.value).length > 4000 ? "post" : "get";
  });
}
