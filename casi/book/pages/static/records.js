// Turns the place of a long table into one that is filtered, drawn and downloaded. Which rows are
// kept is decided in records-filter.js; the filter stands in the address, so that it can be sent.
(() => {
  window.casiRecords = {};
  window.casiChartRows ??= {};
  const { parse, write, prepare, keep } = window.casiFilter;
  const PAGE = 10; // rows
  const WORDS = { high: "High", dataset: "Data set", low: "Low" };
  const VIEWS = { "": "Table", timeline: "Timeline", map: "Map" };

  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const button = (text, act) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", act);
    return element;
  };
  const listed = (rows, name) => {
    const found = new Map();
    for (const one of rows) if (one[name]) found.set(one[name], (found.get(one[name]) ?? 0) + 1);
    return Object.fromEntries([...found.keys()].sort((one, other) => one.localeCompare(other)).map((key) => [key, WORDS[key] ?? key]));
  };

  // A list from which values are added to the filter one by one; each chosen one is a button that
  // takes it out again.
  function picker(name, label, options, state) {
    const choices = Object.entries(options).map(([value, text]) => make("option", { value }, text));
    const select = make("select", { name }, make("option", { value: "" }, "Add…"), ...choices);
    const chips = make("span", { className: "casi-chips" });
    const show = () =>
      chips.replaceChildren(
        ...state.filter[name].map((value) =>
          Object.assign(button(`${options[value] ?? value} ×`, () => state.change({ [name]: state.filter[name].filter((other) => other !== value) })), {
            ariaLabel: `${options[value] ?? value}: remove from ${label}`,
          }),
        ),
      );
    select.addEventListener("change", () => {
      if (select.value) state.change({ [name]: [...new Set([...state.filter[name], select.value])] });
      select.value = "";
    });
    state.shows.push(show);
    return make("div", {}, make("label", {}, `${label} `, select), chips);
  }

  function field(name, label, attributes, state) {
    const input = make("input", { name, ...attributes });
    input.addEventListener("input", () => state.change({ [name]: input.value.trim() }, "typed"));
    state.shows.push(() => {
      if (document.activeElement !== input) input.value = state.filter[name];
    });
    return make("label", {}, `${label} `, input);
  }

  function choice(name, label, options, state) {
    const select = make("select", { name }, ...Object.entries(options).map(([value, text]) => make("option", { value }, text)));
    select.addEventListener("change", () => state.change({ [name]: select.value }));
    state.shows.push(() => (select.value = state.filter[name]));
    return make("label", {}, `${label} `, select);
  }

  function form(all, options, state) {
    const year = { type: "number", min: 1900, max: 2100 };
    const states = options.states ?? {};
    const levels = new Set(all.flatMap((one) => one.level));
    const ranked = Object.fromEntries((options.levels ?? []).filter((level) => levels.has(level)).map((level) => [level, level]));
    const plans = all.some((one) => one.plan);
    const pick = (name, label, choices) => (Object.keys(choices).length ? [picker(name, label, choices, state)] : []);
    const further = [
      ...pick("frame", "Frame", listed(all, "frame")),
      ...pick("level", "Level", ranked),
      ...pick("grade", "Grade", listed(all, "grade")),
      ...(plans ? [choice("plans", "Plans", { "": "apart", only: "only these", with: "among the rest" }, state)] : []),
    ];
    const more = make("details", {}, make("summary", {}, "More filters"), ...further);
    state.shows.push(() => (more.open ||= ["frame", "level", "grade", "plans"].some((name) => state.filter[name].length)));
    const element = make(
      "form",
      { className: "casi-records-filters", ariaLabel: "Filter the rows" },
      field("q", "Search", { type: "search", size: 30 }, state),
      ...pick("states", "States", states),
      ...(options.states ? [choice("match", "Match", { "": "any of them", all: "all of them" }, state)] : []),
      ...pick("without", "Without", states),
      ...pick("kind", "Kind", listed(all, "kind")),
      ...pick("language", "Language", listed(all, "language")),
      field("from", "From", year, state),
      field("to", "To", year, state),
      ...(further.length ? [more] : []),
      button("Clear", () => state.change(parse(""))),
    );
    element.addEventListener("submit", (event) => event.preventDefault());
    return element;
  }

  const archive = (url) => `https://web.archive.org/web/*/${url}`;
  const source = (key, sources, page) => {
    const [words, url] = sources[key] ?? [key, ""];
    const name = url ? `<a href="${safe(url)}">${safe(words)}</a>` : safe(words);
    const ways = [];
    if (url) ways.push(`<a href="${safe(archive(url))}" aria-label="archive of ${safe(words)}">archive</a>`);
    if (page) ways.push(`<a href="${safe(page + key)}" aria-label="entry of ${safe(words)}">entry</a>`);
    return ways.length ? `${name} (${ways.join(", ")})` : name;
  };

  // A row is read as one: what happened, then when it ended, where, who, what to know, the sources.
  const told = (all, sources, page) => (what, kind, row, { row: number }) => {
    if (kind !== "display") return what;
    const { cell } = all[number];
    const until = cell("Until") && `to ${cell("Until")}`;
    const lines = [[until, cell("Where")].filter(Boolean).join(" · "), cell("Who"), cell("Note")].filter(Boolean).map((line) => `<br>${safe(line)}`);
    const cited = cell("Sources").split(";").filter(Boolean).map((key) => source(key, sources, page)).join("; ");
    return `<strong>${safe(what)}</strong>${lines.join("")}<br><span class="casi-sources">${cited}</span><br><code>${safe(cell("Key"))}</code>`;
  };

  function dataTable(place, { columns, rows, sources = {} }, all, state) {
    const shown = ["Date", "Kind", "What", "Language", "Grade"];
    const render = { What: told(all, sources, place.dataset.sources) };
    const plain = DataTable.render.text();
    const table = make("table", { className: "casi-records-table" }, make("caption", {}, place.dataset.title));
    const scroll = make("div", { className: "casi-records-scroll" }, table);
    place.append(scroll);
    const view = new DataTable(table, {
      data: rows,
      columns: columns.map((title) => ({ title, render: render[title] ?? plain, visible: shown.includes(title), searchable: false })),
      order: [],
      pageLength: PAGE,
      lengthMenu: [PAGE, 50, 200],
      autoWidth: false,
      deferRender: true,
      layout: { topStart: null, topEnd: null, bottomStart: "pageLength" },
      language: { lengthMenu: "Rows _MENU_" },
    });
    view.search.fixed("filter", (_, row, number) => state.now.has(number));
    return { scroll, view };
  }

  // The rows that a chart counts, or one of its marks: an address names chart, series and label.
  function keysOf({ chart, series, at }) {
    const drawn = window.casiChartRows[chart];
    if (!drawn) return null;
    const marks = Object.entries(drawn.rows).flatMap(([one, lines]) => (series && one !== series ? [] : Object.entries(lines)));
    const chosen = marks.filter(([label]) => !at || label === at);
    return { title: drawn.title, keys: new Set(chosen.flatMap(([, keys]) => keys.split(";"))) };
  }

  function origin({ chart, series, at, tables, rows, place }, options) {
    const mark = keysOf({ chart, series, at });
    if (mark) return `Rows of the chart “${mark.title}”${[series, at].filter(Boolean).map((part) => `, ${part}`).join("")}`;
    if (tables.length || rows.length) return `Rows of ${[...tables, ...rows].join(", ")}`;
    return place.length ? `Rows at ${place.map((key) => options.map?.places[key]?.[2] ?? key).join(", ")}` : "";
  }

  function status(place, state, options) {
    const line = make("p", { className: "casi-records-status" });
    const said = make("span", { role: "status" });
    line.append(said);
    state.shows.push(() => {
      const { kept, plans, unsure } = state.found;
      line.replaceChildren(said);
      const from = origin(state.filter, options);
      const missing = { table: 0, timeline: state.missing, map: state.missing }[state.filter.view || "table"];
      const left = missing ? `; ${missing.toLocaleString("en")} of them without a ${state.filter.view === "map" ? "place on this map" : "date"}` : "";
      said.textContent = `${from ? `${from}: ` : ""}${kept.length.toLocaleString("en")} row${kept.length === 1 ? "" : "s"}${left}`;
      if (from) line.append(" ", button("show all rows", () => state.change({ chart: "", series: "", at: "", tables: [], rows: [], place: [] })));
      if (plans && state.filter.plans !== "only") line.append(` · ${plans} plans and cancelled events apart: `, button("show plans", () => state.change({ plans: "only" })));
      if (state.filter.plans === "only") line.append(" · plans and cancelled events only: ", button("show what happened", () => state.change({ plans: "" })));
      if (unsure) line.append(` · ${unsure} left out whose participants are not all known: `, button("show them too", () => state.change({ unsure: "with" })));
    });
    place.append(line);
  }

  function views(place, state, all, options, scroll) {
    const names = Object.entries(VIEWS).filter(([name]) => name !== "map" || options.map);
    const switches = names.map(([name, text]) => [name, button(text, () => state.change({ view: name }))]);
    place.append(make("div", { className: "casi-records-views", role: "group", ariaLabel: "View" }, ...switches.map(([, each]) => each)));
    const canvas = make("div", { className: "casi-records-canvas" });
    const address = (patch) => `#${write({ ...state.filter, ...patch, view: "" })}`;
    state.draw = () => {
      const { view } = state.filter;
      switches.forEach(([name, each]) => (each.ariaPressed = String(name === view)));
      scroll().hidden = Boolean(view);
      canvas.hidden = !view;
      canvas.replaceChildren();
      if (!view) return;
      const rows = state.found.kept.map((number) => all[number]);
      const drawing = view === "map" ? window.casiViews.map(rows, options.map, place.clientWidth, address) : window.casiViews.timeline(rows, place.clientWidth, address);
      if (drawing.svg) canvas.append(drawing.svg);
      state.missing = rows.length - drawing.drawn;
    };
    return canvas;
  }

  function show(place, data) {
    const { columns, rows, options = {}, synonyms = [] } = data;
    const all = prepare(data);
    const state = { filter: parse(location.hash), shows: [], now: new Set(), missing: 0, found: { kept: [] } };
    const same = [...synonyms, ...(options.names ?? [])];
    place.querySelector(".casi-records-title").remove();
    const downloads = place.querySelector("p");
    place.prepend(form(all, options, state));
    let table;
    const canvas = views(place, state, all, options, () => table.scroll);
    status(place, state, options);
    place.append(canvas);
    table = dataTable(place, data, all, state);

    state.refresh = () => {
      const mark = keysOf(state.filter);
      state.found = keep(all, state.filter, { synonyms: same, keys: mark?.keys });
      state.now = new Set(state.found.kept);
      table.view.draw();
      state.draw();
      state.shows.forEach((each) => each());
    };
    state.change = (patch) => {
      Object.assign(state.filter, patch);
      history.replaceState(null, "", `#${write(state.filter)}`);
      state.refresh();
    };
    addEventListener("hashchange", () => {
      state.filter = parse(location.hash);
      state.refresh();
      place.scrollIntoView();
    });

    const chosen = () => {
      const order = table.view.rows({ search: "applied", order: "applied" }).indexes().toArray();
      return [columns, ...order.map((number) => rows[number])];
    };
    for (const kind of ["csv", "xlsx"])
      downloads.append(" · ", button(`Download these rows (${kind.toUpperCase()})`, () => window.casiSave[kind](chosen(), `${place.dataset.label}-selection`)));
    place.append(downloads, place.querySelector(".casi-records-about"));
    state.refresh();
    if (/^#(\w+)=/.test(location.hash)) place.scrollIntoView();
    (window.requestIdleCallback ?? setTimeout)(() => all.forEach((one) => one.text)); // before the first word
  }

  document.querySelectorAll(".casi-records").forEach(async (place) => {
    const { label, folder } = place.dataset;
    await Promise.all([label, "charts"].map((name) => window.casiSave.load(`${folder}/${name}.js`)));
    show(place, window.casiRecords[label]);
  });
})();
