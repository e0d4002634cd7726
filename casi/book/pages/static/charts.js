// Turns the pictures of charts into interactive charts, once the reader moves towards one.
// Plotly is loaded with the first of them. Without this script the pictures stand.
(() => {
  const here = document.currentScript.src;
  const charts = [...document.querySelectorAll(".casi-chart:has(script)")];
  const small = matchMedia("(max-width: 600px)");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const forced = matchMedia("(forced-colors: active)"); // the reader's own colours, whatever the theme
  const config = { displayModeBar: false, responsive: true, showSendToCloud: false };
  const signs = ["scroll", "pointermove", "pointerdown", "keydown"];

  // The smallest of Plotly's bundles that draws every chart of the page.
  const needs = (bundle) => document.querySelector(`.casi-chart[data-bundle="${bundle}"]`);
  const bundle = ["full", "cartesian"].find(needs) ?? "basic";

  let plotly;
  const loadPlotly = () =>
    (plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`plotly-${bundle}.min.js`, here);
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    }));

  const isDark = () => {
    const theme = document.documentElement.dataset.theme;
    if (forced.matches || !["dark", "light"].includes(theme)) return night.matches;
    return theme === "dark";
  };

  const merge = (base, patch) => {
    for (const [key, value] of Object.entries(patch ?? {})) {
      const inside = value && typeof value === "object" && base[key] && !(key === "x" || key === "y");
      base[key] = inside && !(Array.isArray(value) && key !== "data") ? merge(base[key], value) : value;
    }
    return base;
  };

  // The figure for this width and theme. Colours are swapped in the text of the figure.
  function figure(chart) {
    const text = chart.querySelector("script").textContent;
    const { dark, narrow, ...drawing } = JSON.parse(text);
    if (small.matches) merge(drawing, narrow);
    if (!isDark()) return drawing;
    const swapped = JSON.stringify(drawing).replace(/#[0-9a-f]{6}\b/gi, (colour) => dark[colour] ?? colour);
    return JSON.parse(swapped);
  }

  async function draw(chart) {
    const Plotly = await loadPlotly();
    const { data, layout } = figure(chart);
    const live = chart.querySelector(".casi-live");
    const picture = chart.querySelector("img");
    if (picture?.clientHeight) chart.dataset.height = picture.clientHeight;
    layout.height = small.matches ? layout.height : Number(chart.dataset.height) || layout.height;
    await Plotly.react(live, data, layout, config);
    if (!("live" in chart.dataset)) live.on("plotly_click", ({ points }) => open(chart, points[0]));
    chart.dataset.live = "";
  }

  // A number that counts rows of the record is a link to them; its mark leads there too. A mark
  // names its place in the table by the names of its line and, unless it is alone there, its column.
  function open(chart, { data, x, y, customdata }) {
    const table = chart.closest("figure, body").querySelector(".casi-numbers table");
    if (!table) return;
    const said = [data.name, x, y, customdata].map((value) => plain(String(value ?? "")));
    const names = new Set(said.flatMap((text) => [text, text.replace(/:? [\d,]+$/, "")]));
    const column = [...table.rows[0].cells].slice(1).find((cell) => names.has(cell.textContent))?.textContent;
    const fits = ({ dataset: { at, series } }) => names.has(at) && (!column || series === column);
    [...table.querySelectorAll("a")].find(fits)?.click();
  }

  function wake(chart) {
    if (chart.querySelector(".casi-live")) return;
    const live = document.createElement("div");
    live.className = "casi-live";
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", chart.dataset.alt);
    chart.append(live);
    draw(chart).catch(() => live.remove()); // the picture stays
  }

  // What Plotly shows for a text, in which signs that it would read as tags are written as numbers.
  const plain = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const within = (value, length) => Math.min(Math.max(value, 0), length - 1);

  // Arrow keys walk from value to value and say each: along a series, or to the next one. Where the
  // series say nothing of their points, the keys walk through the table of numbers.
  function walk(chart, key) {
    const live = chart.querySelector(".casi-live");
    const step = steps[key];
    const told = [...live.data.keys()].filter((number) => live.data[number].customdata?.length);
    if (!told.length) return walkTable(chart, step);
    const { series = 0, pointNumber = -1 } = chart.point ?? {};
    chart.point = { series: within(series + step[0], told.length) };
    const curveNumber = told[chart.point.series];
    const trace = live.data[curveNumber];
    const point = (chart.point.pointNumber = within(pointNumber + step[1], trace.customdata.length));
    Plotly.Fx.hover(live, [{ curveNumber, pointNumber: point }]);
    const lying = trace.orientation === "h";
    chart.querySelector(".casi-said").textContent =
      plain(`${trace.name}, ${(lying ? trace.y : trace.x)[point]}: ${trace.customdata[point] || "no figure"}`);
  }

  function walkTable(chart, [column, row]) {
    const figure = chart.closest("figure, body");
    const [head, ...rows] = figure.querySelector(".casi-numbers table").rows;
    const { column: x = 1, row: y = -1 } = chart.cell ?? {};
    chart.cell = {
      column: Math.max(1, within(x + column, head.cells.length)),
      row: within(y + row, rows.length),
    };
    const cells = rows[chart.cell.row].cells;
    const heading = head.cells[chart.cell.column].textContent;
    chart.querySelector(".casi-said").textContent =
      `${cells[0].textContent}, ${heading}: ${cells[chart.cell.column].textContent}`;
  }

  function makeReachable(chart) {
    const said = document.createElement("p");
    said.className = "casi-said";
    said.setAttribute("aria-live", "polite");
    chart.append(said);
    chart.tabIndex = 0;
    chart.setAttribute("role", "application");
    chart.setAttribute("aria-roledescription", "chart");
    chart.setAttribute("aria-label", "Chart: arrow keys read its values");
    chart.addEventListener("focus", () => wake(chart));
    chart.addEventListener("pointerenter", () => wake(chart));
    chart.addEventListener("keydown", (event) => {
      if (!event.key.startsWith("Arrow") || !("live" in chart.dataset)) return;
      event.preventDefault();
      walk(chart, event.key);
    });
  }

  const near = new IntersectionObserver(
    (seen) => seen.forEach((entry) => entry.isIntersecting && wake(entry.target)),
    { rootMargin: "200px" },
  );
  const begin = () => {
    signs.forEach((sign) => removeEventListener(sign, begin));
    charts.forEach((chart) => near.observe(chart));
  };
  const redraw = () => charts.filter((chart) => "live" in chart.dataset).forEach(draw);

  charts.forEach(makeReachable);
  charts.filter((chart) => !chart.querySelector("img")).forEach((chart) => near.observe(chart));
  signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
  small.addEventListener("change", redraw);
  night.addEventListener("change", redraw);
  forced.addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  document.querySelectorAll(".casi-embed").forEach((embed) =>
    embed.addEventListener("toggle", () => {
      const code = embed.querySelector("textarea");
      code.value = code.value.replace(/src="([^"]*)"/, (_, way) => `src="${new URL(way, document.baseURI)}"`);
      if (embed.open) code.select();
    }),
  );
})();
