// Draws the rows of a long table on a time axis and on a map: what is drawn is what is filtered.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const dot = 6; // pixels from one dot to the next
  const tallest = 96; // pixels, of a lane, in which more dots overlap
  const gap = 14; // pixels between two lanes, for the name of the kind

  const draw = (tag, attributes, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // A date as a number of years: what is known to the year stands in its middle.
  function when(date) {
    const [year, month, day] = date.split("-").map(Number);
    return year + (month ? (month - 1 + (day ? (day - 1) / 31 : 0.5)) / 12 : 0.5);
  }

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // One lane a kind, one dot a row; dots of the same weeks are stacked.
  function lanes(rows, scale) {
    const found = new Map();
    for (const one of rows) {
      const column = Math.floor(scale(when(one.cell("Date"))) / dot);
      if (!found.has(one.kind)) found.set(one.kind, { stacks: new Map(), years: new Map(), rows: 0 });
      const lane = found.get(one.kind);
      lane.stacks.set(column, (lane.stacks.get(column) ?? 0) + 1);
      lane.years.set(one.year, (lane.years.get(one.year) ?? 0) + 1);
      lane.rows += 1;
    }
    return [...found].sort(([one], [other]) => one.localeCompare(other));
  }

  function timeline(rows, width, address) {
    const dated = rows.filter((one) => one.year);
    if (!dated.length) return { svg: null, drawn: 0 };
    const years = dated.map((one) => Number(one.year));
    const first = Math.min(...years);
    const last = Math.max(...years) + 1;
    const scale = (time) => ((time - first) / (last - first)) * (width - dot);
    const parts = [];
    let top = 0;
    for (const [kind, lane] of lanes(dated, scale)) {
      const most = Math.max(...lane.stacks.values());
      const step = Math.min(dot, tallest / most);
      const high = most * step;
      const floor = top + gap + high;
      parts.push(draw("text", { x: 0, y: top + gap - 3 }, `${kind}: ${lane.rows}`));
      let path = "";
      for (const [column, number] of lane.stacks)
        for (let each = 0; each < number; each += 1) path += `M${(column + 0.5) * dot} ${(floor - (each + 0.5) * step).toFixed(1)}h0`;
      parts.push(draw("path", { d: path, class: "casi-dots" }));
      for (const [year, number] of lane.years) {
        const label = `${kind}, ${year}: ${count(number, "row")}`;
        const [left, right] = [scale(Number(year)), scale(Number(year) + 1)];
        const place = draw("rect", { x: left, y: top + gap, width: right - left, height: high }, draw("title", {}, label));
        parts.push(draw("a", { href: address({ kind: [kind], from: year, to: year }), "aria-label": label }, place));
      }
      top = floor + 4;
    }
    const every = Math.ceil((last - first) / Math.max(2, Math.floor(width / 50)));
    for (let year = first; year < last; year += every) parts.push(draw("text", { x: scale(year), y: top + 14, class: "casi-tick" }, String(year)));
    const svg = draw("svg", { viewBox: `0 0 ${width} ${top + 20}`, role: "group", "aria-label": "Timeline of these rows" }, ...parts);
    return { svg, drawn: dated.length };
  }

  // One bubble a place, its area in proportion to the number of rows there. On a narrow screen, of
  // `pixels`, names and bubbles keep their size.
  function map(rows, { width, height, land, labels, places }, pixels, address) {
    const unit = Math.max(1, width / pixels);
    const here = new Map();
    for (const one of rows) if (one.place in places) here.set(one.place, (here.get(one.place) ?? 0) + 1);
    const most = Math.max(1, ...here.values());
    const bubbles = [...here].sort(([, one], [, other]) => other - one).map(([key, number]) => {
      const [x, y, name] = places[key];
      const label = `${name}: ${count(number, "row")}`;
      const radius = unit * Math.max(3, 14 * Math.sqrt(number / most));
      const circle = draw("circle", { cx: x, cy: y, r: radius.toFixed(1), "data-rows": number }, draw("title", {}, label));
      return draw("a", { href: address({ place: [key] }), "aria-label": label }, circle);
    });
    const svg = draw(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Map of these rows" },
      ...land.map((path) => draw("path", { d: path, class: "casi-land" })),
      ...labels.map(([x, y, name]) => draw("text", { x, y, class: "casi-name" }, name)),
      ...bubbles,
    );
    svg.style.setProperty("--unit", unit);
    return { svg, drawn: [...here.values()].reduce((sum, number) => sum + number, 0) };
  }

  window.casiViews = { timeline, map };
})();
