"use strict";
// The state in the address's fragment, so that a link shows what its sender saw. What is not known here is left alone.
{
  const { model } = View;
  const isIn = (known) => (value) => known.has(value);
  const LISTS = {
    hidden: isIn(View.classes), sources: isIn(View.known.sources), penalties: isIn(View.known.penalties), verdicts: isIn(View.kinds), open: isIn(View.children),
  };
  const CHOICES = { labels: ["all", "names", "figures", "none"], theme: ["light", "dark"], language: View.languages };
  const YEARS = ["from", "to"];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const write = (state) => {
    const parts = new URLSearchParams();
    for (const key of ["selected", "campaign", ...Object.keys(CHOICES), ...YEARS]) if (state[key] && state[key] !== View.first[key]) parts.set(key, state[key]);
    for (const key of Object.keys(LISTS)) {
      if (same(state[key], View.first[key])) continue;
      for (const value of state[key].length ? state[key] : [""]) parts.append(key, value);
    }
    if (state.table) parts.set("table", "1");
    if (state.place) parts.set("place", state.place.map((number) => Number(number.toPrecision(5))).join(","));
    return parts.toString();
  };

  const read = (text) => {
    const parts = new URLSearchParams(text);
    const found = Object.fromEntries(["selected", "campaign", "labels", "theme", "language", "from", "to", "table", "place", ...Object.keys(LISTS)].map((key) => [key, View.first[key]]));
    const selected = parts.get("selected");
    if (View.nodes.has(selected) || View.edges.has(selected)) found.selected = selected;
    if (model.campaigns.some(({ id }) => id === parts.get("campaign"))) found.campaign = parts.get("campaign");
    for (const [key, known] of Object.entries(CHOICES)) if (known.includes(parts.get(key))) found[key] = parts.get(key);
    for (const key of YEARS) if (View.known.years.has(Number(parts.get(key)))) found[key] = Number(parts.get(key));
    for (const [key, isKnown] of Object.entries(LISTS)) {
      const given = parts.getAll(key);
      const known = [...new Set(given.filter(isKnown))];
      if (known.length || given.some((value) => value === "")) found[key] = known;
    }
    found.table = parts.get("table") === "1";
    const place = (parts.get("place") ?? "").split(",").map(Number);
    if (place.length === 3 && place.every(Number.isFinite) && place[2] > 0) found.place = place;
    return found;
  };

  View.fromAddress = () => read(location.hash.slice(1));

  let written = location.hash.slice(1);
  let timer = 0;
  View.toAddress = (state) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      written = write(state);
      try {
        history.replaceState(null, "", written ? `#${written}` : location.href.split("#")[0]);
      } catch {
        // Inside a notebook's frame there is no address to write to.
      }
    }, 150);
  };
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === written) return;
    written = location.hash.slice(1);
    View.arrive(View.fromAddress());
  });
}
