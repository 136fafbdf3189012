// Charts drawn by Vega-Lite from the numbers of the page: what is shown, in which language, and what the pointer is on.
{
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const [charts, texts] = [read("charts"), read("texts")];
  const root = document.documentElement;
  const told = document.getElementById("told");
  const state = { language: root.lang, when: "with" };
  const drawings = new Map(); // an element, and what is drawn in it

  const shown = (each) => !each.when || each.when === state.when;
  const ink = (each) => `var(--ink-${each.ink})`;
  const count = (value, options) => new Intl.NumberFormat(state.language, options).format(value);

  // What a drawing shows: a value for each series and month. Lines: a series a group of platforms; shares: a series a part.
  const rowsOf = (chart, panel) => {
    const series = chart.mark === "lines" ? chart.groups.filter(shown) : chart.parts;
    const numbers = (each, i) => (chart.mark === "lines" ? chart.values[each.key][0] : chart.values[panel][i]);
    return series.map((each, i) => ({ ...each, order: i, numbers: numbers(each, i) }));
  };

  const marksOf = (chart, panel, series) => {
    const stacked = {};
    return chart.notes.flatMap(({ number, month, group, everywhere }) => {
      const line = chart.mark === "lines" ? series.find((each) => each.key === group) : undefined;
      if (!month || !(everywhere || line || (panel && group === panel))) return [];
      const value = line?.numbers[chart.months.findIndex((each) => each.month === month)];
      if (line && !value) return [];
      const level = line ? 0 : (stacked[month] = (stacked[month] ?? -1) + 1);
      return [{ number: String(number), month, value: value ?? null, level, ink: line ? ink(line) : "var(--ink)" }];
    });
  };

  // Where a note of a level stands above or in a drawing; and, unseen, the highest one of the panels side by side, so that all are alike.
  const heightOf = (chart, level) => (chart.mark === "lines" ? 9 + level * 17 : -9 - level * 17);
  const highest = (chart) => heightOf(chart, Math.max(0, ...chart.groups.flatMap(({ key }) => marksOf(chart, key, []).map((each) => each.level))));

  const decades = (values) => {
    const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values, 10)))];
    return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  };

  const axisX = (chart, width) => {
    const wanted = width < 500 ? ["01"] : ["01", "04", "07", "10"];
    return { values: chart.months.map((each) => each.month).filter((month) => wanted.includes(month.slice(5))), labelAngle: 0, title: null, grid: false, ticks: true, labelOverlap: "greedy" };
  };

  // Notes: a dashed line and a number in a ring, at the top or on the line of the platform that it is about.
  const ringed = (marks, top) => {
    const data = { values: marks };
    const [x, y] = [{ field: "month", type: "ordinal" }, top ? { value: { expr: "0" } } : { field: "value", type: "quantitative" }];
    const place = top ? { y: { field: "level", type: "quantitative", scale: null } } : { y };
    const point = { type: "point", shape: "circle", filled: true, size: 190, fill: "var(--raised)", strokeWidth: 1.3, opacity: 1 };
    return [
      ...(top ? [{ data, mark: { type: "rule", strokeDash: [2, 3], color: "var(--soft)" }, encoding: { x } }] : []),
      { data, mark: point, encoding: { x, ...place, stroke: { field: "ink", type: "nominal", scale: null } } },
      { data, mark: { type: "text", fontSize: 10, fontWeight: 600, color: "var(--ink)" }, encoding: { x, ...place, text: { field: "number" } } },
    ];
  };

  const spec = (chart, panel, width) => {
    const months = chart.months.map((each) => each.month);
    const series = rowsOf(chart, panel);
    const lines = chart.mark === "lines";
    const whole = Object.fromEntries(chart.months.map((each) => [each.month, each.whole]));
    const values = series.flatMap((each) => months.map((month, i) => ({ month, series: each.key, order: each.order, value: each.numbers[i], whole: whole[month] })));
    const inks = { domain: series.map((each) => each.key), range: series.map(ink) };
    const marks = marksOf(chart, panel, series);
    const x = { field: "month", type: "ordinal", scale: { domain: months, paddingInner: lines ? 0 : 0.12, paddingOuter: 0 }, axis: axisX(chart, width) };
    const picked = (dim) => ({ condition: { test: "picked === '' || datum.series === picked", value: 1 }, value: dim });
    const color = { field: "series", type: "nominal", scale: inks, legend: null };
    const layers = [];
    if (lines) {
      const ticks = decades(values.flatMap((each) => (each.value ? [each.value] : [])));
      const names = JSON.stringify(Object.fromEntries(ticks.map((tick) => [tick, count(tick, { notation: "compact" })])));
      const y = { field: "value", type: "quantitative", scale: { type: "log", domain: [ticks[0], ticks.at(-1)] }, axis: { values: ticks, labelExpr: `${names}[datum.value]`, title: null } };
      layers.push({ data: { values: chart.months.filter((each) => each.from && !each.whole) }, mark: { type: "rect", color: "var(--tint)" }, encoding: { x } });
      layers.push({ data: { values }, mark: { type: "line", invalid: "break-paths-show-domains", strokeJoin: "round", strokeCap: "round" }, encoding: {
        x, y, color, opacity: picked(0.12),
        strokeWidth: { condition: { test: `picked === datum.series || datum.series === 'all' || datum.series === 'others'`, value: 2.8 }, value: 1.7 },
        strokeDash: { field: "series", type: "nominal", legend: null, scale: { domain: inks.domain, range: series.map((each) => ({ all: [1, 0], out: [6, 3], rest: [2, 3] })[each.ink] ?? [1, 0]) } },
      } });
      layers.push({ data: { values: values.filter((each) => each.value) }, mark: { type: "point", filled: true, size: 14 }, encoding: { x, y, color, opacity: picked(0.12) } });
      const spans = chart.beside.filter((each) => !each.objection && each.value && each.from && each.to);
      layers.push({ data: { values: spans.map((each) => ({ month: each.from.slice(0, 7), end: each.to.slice(0, 7), value: each.value })) }, mark: { type: "rule", size: 4, color: "var(--ink)" }, encoding: { x, x2: { field: "end" }, y } });
    } else {
      const y = { field: "value", type: "quantitative", stack: "normalize", axis: { values: [0, 0.5, 1], format: ".0%", title: null } };
      layers.push({ data: { values: values.filter((each) => each.value) }, mark: { type: "bar" }, encoding: {
        x, y, color, order: { field: "order" },
        opacity: { condition: [{ test: "picked !== '' && datum.series !== picked", value: 0.12 }, { test: "!datum.whole", value: 0.5 }], value: 1 },
      } });
    }
    const room = lines ? [] : [{ data: { values: [{ month: months[0], level: highest(chart) }] }, mark: { type: "point", size: 280, opacity: 0 }, encoding: { x, y: { field: "level", type: "quantitative", scale: null } } }];
    const top = marks.filter((each) => each.value === null).map((each) => ({ ...each, level: heightOf(chart, each.level) }));
    const height = lines ? (width < 500 ? 300 : 400) : 120;
    return {
      width, height, background: null, padding: { left: 2, right: 4, top: 4, bottom: 2 }, autosize: { type: "fit-x", contains: "padding" },
      params: [{ name: "picked", value: state.picked ?? "" }],
      layer: [...layers, ...room, ...ringed(top, true), ...ringed(marks.filter((each) => each.value !== null), false)],
      config: {
        font: getComputedStyle(document.body).fontFamily, view: { stroke: null },
        axis: { labelColor: "var(--soft)", labelFontSize: 11, gridColor: "var(--line)", domain: false, tickColor: "var(--strong-line)", tickSize: 4, labelPadding: 5 },
      },
    };
  };

  const draw = async (element) => {
    const chart = charts.find((each) => each.id === element.closest("[data-chart]").dataset.chart);
    const width = Math.floor(element.clientWidth);
    if (!width) return;
    drawings.get(element)?.view.finalize();
    const { panel } = element.dataset;
    const view = new Vega.View(Vega.parse(Vega.compile(spec(chart, panel, width)).spec, null, { ast: true }), { expr: Vega.expressionInterpreter, renderer: "svg" });
    drawings.set(element, { view, chart, panel, width });
    await view.initialize(element).runAsync();
    element.querySelector("svg").setAttribute("aria-hidden", "true"); // the table says the same, in an order that can be read
    element.dataset.drawn = state.language;
  };

  const drawAll = () => Promise.all([...document.querySelectorAll(".drawing")].map(draw));

  // The month under the pointer, told in full.
  const make = (name, text, className) => Object.assign(document.createElement(name), { textContent: text, className: className ?? "" });
  const tell = (element, event) => {
    const { view, chart, panel } = drawings.get(element);
    const box = element.getBoundingClientRect();
    const scale = view.scale("x");
    const at = event.clientX - box.left - view.origin()[0];
    const month = chart.months[Math.floor(at / (scale.range()[1] - scale.range()[0]) * chart.months.length)];
    if (!month?.from || at < 0) return hush();
    const i = chart.months.indexOf(month);
    const found = rowsOf(chart, panel).filter((each) => each.numbers[i] !== null).sort((a, b) => b.numbers[i] - a.numbers[i]);
    const sum = found.reduce((total, each) => total + each.numbers[i], 0);
    const share = (value) => (chart.mark === "lines" ? "" : ` · ${count(value / sum, { style: "percent", maximumFractionDigits: 1 })}`);
    const head = month.whole ? month.month : texts[state.language].charts.of.replace("{}", month.month).replace("{}", month.from).replace("{}", month.to);
    const list = document.createElement("dl");
    for (const each of found) {
      list.append(make("dt", each.name[state.language], `key ink-${each.ink}`), make("dd", count(each.numbers[i]) + share(each.numbers[i])));
      list.children[list.children.length - 2].prepend(document.createElement("i"));
    }
    told.replaceChildren(make("strong", head), list);
    told.hidden = false;
    const [x, y] = [event.clientX + 16, event.clientY + 16];
    told.style.left = `${Math.max(8, Math.min(x, innerWidth - told.offsetWidth - 8))}px`;
    told.style.top = `${Math.max(8, y + told.offsetHeight > innerHeight ? event.clientY - told.offsetHeight - 12 : y)}px`;
  };
  const hush = () => { told.hidden = true; };

  const pick = (list, key) => {
    for (const button of list.querySelectorAll("button")) button.setAttribute("aria-pressed", String(key !== "" && button.dataset.key === key));
    for (const { view, chart } of drawings.values()) if (chart.id === list.dataset.chart) view.signal("picked", key).runAsync();
  };

  const speak = () => {
    root.lang = state.language;
    for (const each of document.querySelectorAll("[data-said]")) each.hidden = each.lang !== state.language;
    const { tagline, theme, footer, charts: words } = texts[state.language];
    document.querySelector(".brand span").textContent = tagline;
    document.getElementById("theme").lastChild.textContent = theme;
    document.querySelector("footer p").textContent = footer;
    document.querySelector(".skip").textContent = words.skip;
    document.title = `${words.title} · enforcement-kg`;
  };

  const choose = () => {
    for (const each of document.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== state.when;
    return drawAll();
  };

  // As files for spreadsheets: a cell that one would run as a formula is text.
  const cell = (value) => (value === null ? "" : typeof value === "number" ? String(value) : `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`);
  const csv = (chart) => {
    const words = texts[state.language].charts;
    const parts = chart.mark === "lines" ? [] : chart.parts;
    const head = chart.mark === "lines" ? [words.month, "from", "to", ...chart.groups.map((each) => each.name[state.language])] : [words.month, "from", "to", words.platform, ...parts.map((each) => each.name[state.language])];
    const lead = (each) => [each.month, each.from, each.to];
    const rows = chart.mark === "lines"
      ? chart.months.map((each, i) => [...lead(each), ...chart.groups.map((group) => chart.values[group.key][0][i])])
      : chart.groups.flatMap((group) => chart.months.map((each, i) => [...lead(each), group.name[state.language], ...chart.values[group.key].map((numbers) => numbers[i])]));
    const told = rows.filter(([, from]) => from); // of a month between that nobody counted there is nothing to tell
    return `\ufeff${[head, ...told].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  };
  const save = (id) => {
    const address = URL.createObjectURL(new Blob([csv(charts.find((each) => each.id === id))], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: address, download: `${id}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  const select = document.getElementById("language");
  for (const option of select.options) option.textContent = new Intl.DisplayNames([option.value], { type: "language" }).of(option.value);
  select.value = state.language;
  document.getElementById("controls").addEventListener("change", ({ target }) => {
    state[target === select ? "language" : "when"] = target.value;
    speak();
    choose();
  });
  document.addEventListener("click", ({ target }) => {
    const [button, file] = [target.closest("button[data-key]"), target.closest("[data-csv]")];
    if (button) pick(button.closest("ul"), button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.key);
    if (file) save(file.dataset.csv);
  });
  document.addEventListener("pointermove", (event) => {
    const element = event.target.closest?.(".drawing");
    if (element && drawings.has(element)) tell(element, event);
    else hush();
  });
  addEventListener("scroll", hush, { passive: true });

  let waiting;
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if ([...drawings].some(([element, { width }]) => element.clientWidth && Math.abs(element.clientWidth - width) > 1)) drawAll();
    }, 120);
  }).observe(document.getElementById("main"));
  choose().then(() => { root.dataset.ready = ""; });
}
