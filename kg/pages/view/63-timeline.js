"use strict";
// When the campaigns ran: one bar each; a bar shows that campaign only.
{
  const { model, draw } = View;
  const DAY = 86_400_000;
  const ROW = 18;
  const days = (date, last) => {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date) ?? [];
    if (!year) return null;
    if (day) return Date.UTC(year, month - 1, day) + (last ? DAY : 0);
    return month ? Date.UTC(year, last ? month : month - 1, 1) : Date.UTC(Number(year) + (last ? 1 : 0), 0, 1);
  };
  const period = (campaign) => {
    const node = View.nodes.get(campaign.id);
    if (!node) return null;
    const start = days(campaign.from || campaign.to, false) ?? days(node.years[0], false);
    const end = days(campaign.to || campaign.from, true) ?? days(node.years[node.years.length - 1], true);
    return start == null || end == null ? null : { id: campaign.id, start, end: Math.max(end, start + DAY), told: [campaign.from, campaign.to].filter(Boolean).join(" – ") };
  };
  const campaigns = model.campaigns.map(period).filter(Boolean).sort((a, b) => a.start - b.start || a.end - b.end);
  const first = Math.min(...campaigns.map(({ start }) => new Date(start).getUTCFullYear()));
  const last = Math.max(...campaigns.map(({ end }) => new Date(end - 1).getUTCFullYear())) + 1;
  const [from, to] = [Date.UTC(first, 0, 1), Date.UTC(last, 0, 1)];

  const bar = (campaign, width, lanes) => {
    const x = (time) => 12 + ((time - from) / (to - from)) * (width - 24);
    const left = x(campaign.start);
    const wide = Math.max(8, x(campaign.end) - left);
    const name = View.title(View.nodes.get(campaign.id));
    const room = Math.max(wide, Math.min(210, width * 0.4)) - 12;
    const text = View.lines(name, room, 1, 11.5, 600)[0] ?? "";
    const inside = View.widthOf(text, 11.5, 600) + 12 <= wide;
    const flipped = !inside && left + wide + 6 + View.widthOf(text, 11.5, 600) > width;
    const start = flipped ? left - 6 - View.widthOf(text, 11.5, 600) : left;
    const end = flipped ? left + wide : left + (inside ? wide : wide + 16 + View.widthOf(text, 11.5, 600));
    let lane = lanes.findIndex((taken) => taken.every(([a, b]) => end <= a + 1 || start >= b - 1));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push([start, end]);
    const y = lane * ROW + 4;
    const choose = () => View.set({ campaign: View.state().campaign === campaign.id ? "" : campaign.id, open: [...new Set([...View.state().open, ...(View.state().campaign === campaign.id ? [] : [campaign.id])])] });
    const textX = inside ? left + 6 : flipped ? left - 6 : left + wide + 6;
    const told = [name, campaign.told].filter(Boolean).join(", ");
    return draw("g", {}, draw("g", { class: "bar", role: "button", tabindex: "0", "data-campaign": campaign.id, "aria-pressed": "false", "aria-label": told, onclick: choose,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      } },
      draw("title", {}, told),
      draw("rect", { class: "hit", x: start - 4, y: y - 4, width: end - start + 8, height: ROW }),
      draw("rect", { class: "span", x: left + 1, y, width: wide - 2, height: ROW - 4, rx: 3 })),
      draw("text", { "aria-hidden": "true", class: inside ? "inside" : "", x: textX, y: y + 11, "text-anchor": flipped ? "end" : "start" }, text));
  };

  const ticks = (width, height) => {
    const step = Math.ceil(((last - first) * 44) / width);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => (year - first) % step === 0).map((year) => {
      const x = 12 + ((Date.UTC(year, 0, 1) - from) / (to - from)) * (width - 24);
      return draw("g", { class: "tick", "aria-hidden": "true" }, draw("line", { x1: x, x2: x, y1: 0, y2: height }), year < last && draw("text", { x: x + 4, y: height + 12 }, year));
    });
  };

  View.buildTimeline = () => {
    const box = View.byId("timeline");
    box.hidden = campaigns.length < 2;
    if (box.hidden || !box.open) return;
    const holder = box.querySelector(".bars");
    const width = Math.max(280, holder.clientWidth);
    const lanes = [];
    const bars = campaigns.map((campaign) => bar(campaign, width, lanes));
    const height = lanes.length * ROW + 4;
    holder.replaceChildren(draw("svg", { viewBox: `0 0 ${width} ${height + 16}`, width, height: height + 16, role: "group", "aria-label": View.word("timeline") }, ticks(width, height), bars));
    View.showTimeline(View.state());
  };

  View.byId("timeline").addEventListener("toggle", () => View.buildTimeline());

  View.showTimeline = (state) => {
    for (const one of View.byId("timeline").querySelectorAll("[data-campaign]")) {
      one.setAttribute("aria-pressed", String(one.dataset.campaign === state.campaign));
      one.classList.toggle("off", Boolean(state.campaign) && one.dataset.campaign !== state.campaign);
    }
  };
}
