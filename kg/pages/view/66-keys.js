"use strict";
// The keyboard: arrows go from thing to thing, Escape takes back.
{
  const { byId } = View;

  // From the selected to the nearest in the arrow's direction, as the eye would go.
  const step = (tell, dx, dy) => {
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

  /** Listens to the keyboard; ``tell`` as for a renderer. */
  View.startKeys = (tell) => {
    byId("canvas").addEventListener("keydown", (event) => {
      if (event.key in ARROWS) step(tell, ...ARROWS[event.key]);
      else if (event.key === "Enter") byId("panel").querySelector("h2")?.focus();
      else if (event.key === " ") View.expand(View.state().selected);
      else if (event.key === "+" || event.key === "=") View.renderer.zoom(1.4);
      else if (event.key === "-") View.renderer.zoom(1 / 1.4);
      else if (event.key === "0") View.fit(true, true);
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
  };
}
