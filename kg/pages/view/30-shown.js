"use strict";
// What is shown: a claim passes the filters or not; a link lives by its claims, a thing by its links.
{
  const { model, nodes, links } = View;
  const any = (list, test) => !list.length || list.some(test);
  let last = { key: "", shown: null };

  const claimPasses = (state) => (claim) => {
    const year = View.year(View.said(claim));
    return (
      (!state.campaign || claim.subject === state.campaign || claim.subject?.startsWith(state.campaign.replace("campaign/", "measure/") + "/")) &&
      any(state.sources, (source) => source === claim.source) &&
      any(state.penalties, (penalty) => penalty === claim.penalty) &&
      any(state.verdicts, (kind) => claim.kinds.includes(kind)) &&
      !(year < (state.from ?? year)) &&
      !(year > (state.to ?? year))
    );
  };

  const find = (state) => {
    const filtered = ["campaign", "sources", "penalties", "verdicts"].some((key) => state[key].length) || state.from != null || state.to != null;
    const passes = model.claims.map(claimPasses(state));
    const open = new Set(state.open);
    const hidden = new Set(state.hidden);
    const held = (claims) => !filtered || !claims.length || claims.some((claim) => passes[claim]);
    const stands = (node) =>
      (!node.parent || open.has(node.parent) || !nodes.has(node.parent)) &&
      (!state.campaign || node.id === state.campaign || !campaigns.has(node.parent || node.id) || node.parent === state.campaign) &&
      (state.from == null || !node.years.length || node.years.some((year) => year >= state.from)) &&
      (state.to == null || !node.years.length || node.years.some((year) => year <= state.to)) &&
      held(node.claims);

    const standing = new Set(model.nodes.filter(stands).map((node) => node.id));
    const living = model.edges.filter((edge) => standing.has(edge.from) && standing.has(edge.to) && held(edge.claims));
    const linked = new Set(living.flatMap((edge) => [edge.from, edge.to]));
    const isShown = (node) =>
      standing.has(node.id) && !hidden.has(node.class) && (linked.has(node.id) || !links.get(node.id).length || View.children.has(node.id));
    const shownNodes = new Set(model.nodes.filter(isShown).map((node) => node.id));
    const shownEdges = new Set(living.filter((edge) => shownNodes.has(edge.from) && shownNodes.has(edge.to)).map((edge) => edge.id));
    return { nodes: shownNodes, edges: shownEdges, passes };
  };

  const campaigns = new Set(model.campaigns.map((campaign) => campaign.id));

  /** The nodes and edges that are shown (sets of ids), and for each claim whether it passes. */
  View.shown = (state = View.state()) => {
    const key = JSON.stringify([...View.FILTERS, "open"].map((name) => state[name]));
    if (key !== last.key) last = { key, shown: find(state) };
    return last.shown;
  };

  /** What stays lit beside the selected: its neighbours, or an edge's two ends; null where nothing is selected. */
  View.lit = (state = View.state(), shown = View.shown(state)) => {
    const edge = View.edges.get(state.selected);
    if (edge) return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
    if (!nodes.has(state.selected)) return null;
    const near = links.get(state.selected).filter((link) => shown.edges.has(link.id));
    return { nodes: new Set([state.selected, ...near.flatMap((link) => [link.from, link.to])]), edges: new Set(near.map((link) => link.id)) };
  };

  /** The claims behind a node or edge that pass the filters: its own, else those of its links. */
  View.evidence = (id, shown = View.shown()) => {
    const own = (View.nodes.get(id) ?? View.edges.get(id))?.claims ?? [];
    const found = own.length ? own : (links.get(id) ?? []).filter((edge) => shown.edges.has(edge.id)).flatMap((edge) => edge.claims);
    return [...new Set(found)].filter((claim) => shown.passes[claim]).map((claim) => model.claims[claim]).filter(Boolean);
  };

  /** Shows a thing wherever it is: opens what it is folded into, and drops filters where they hide it. */
  View.reveal = (id) => {
    const state = View.state();
    const ends = View.edges.has(id) ? [View.edges.get(id).from, View.edges.get(id).to] : [id];
    const folded = ends.map((end) => nodes.get(end)?.parent).filter((parent) => parent && !state.open.includes(parent));
    const patch = { selected: id, open: [...state.open, ...folded] };
    const there = View.shown({ ...state, ...patch });
    const found = there.nodes.has(id) || there.edges.has(id);
    View.set(found ? patch : { ...patch, ...Object.fromEntries(View.FILTERS.map((key) => [key, View.first[key]])) });
  };

  View.expand = (id) => {
    if (View.children.has(id)) View.set({ open: View.toggled(View.state().open, id) });
  };
}
