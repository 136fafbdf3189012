"use strict";
// One store for everything that can change: whoever shows something listens, whoever wants a change asks here.
{
  const FIRST = {
    selected: "", // id of a node or edge
    campaign: "", // only this one
    hidden: [], // classes not shown
    sources: [], // only these; none means all
    penalties: [],
    verdicts: [],
    from: null, // years
    to: null,
    open: View.model.nodes.filter((node) => View.children.has(node.id) && !node.collapsed).map((node) => node.id),
    language: View.languages.includes(document.documentElement.lang) ? document.documentElement.lang : View.languages[0],
    labels: "all", // all, names, figures, none
    theme: "", // light, dark; empty as the system has it
    table: false,
    moving: false,
    place: null, // what the renderer looks at: [x, y, scale]
  };
  const STEPS = ["selected", "campaign", "hidden", "sources", "penalties", "verdicts", "from", "to", "open"];
  View.FILTERS = ["campaign", "hidden", "sources", "penalties", "verdicts", "from", "to"];
  View.first = FIRST;

  let state = { ...FIRST };
  const before = [];
  const listeners = [];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  View.language = state.language;

  const change = (patch) => {
    const changed = Object.keys(patch).filter((key) => key in FIRST && !same(patch[key], state[key]));
    if (!changed.length) return [];
    state = { ...state, ...Object.fromEntries(changed.map((key) => [key, patch[key]])) };
    View.language = state.language;
    return changed;
  };
  const announce = (changed) => {
    if (changed.length) for (const listener of listeners) listener(state, changed);
  };

  View.state = () => state;
  View.listen = (listener) => listeners.push(listener);

  /** Changes what the patch names; one step that undo takes back. */
  View.set = (patch) => {
    const old = Object.fromEntries(STEPS.map((key) => [key, state[key]]));
    const changed = change(patch);
    if (changed.some((key) => STEPS.includes(key))) before.push(old);
    if (before.length > 100) before.shift();
    announce(changed);
  };

  /** Takes back the last step; false where there is none. */
  View.undo = () => {
    const old = before.pop();
    if (!old) return false;
    announce(change(old));
    return true;
  };

  /** A list with an item put in, or taken out where it was in it. */
  View.toggled = (list, item) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);
}
