// Turns the place of a long table into one that is searched, filtered, sorted and downloaded.
(() => {
  window.casiRecords = {};
  const states = ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE", "RUS", "CHN", "USA", "TUR"];

  const load = (file) =>
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: file, onload: resolve, onerror: reject });
      document.head.append(script);
    });

  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };

  const choice = (name, words) => {
    const options = ["All", ...words].map((word) => make("option", { value: word === "All" ? "" : word }, word));
    return make("label", {}, `${name} `, make("select", { name }, ...options));
  };

  const year = (name) => make("label", {}, `${name} `, make("input", { name, type: "number", min: 1991, max: 2026 }));

  // What begins like a formula is led by an apostrophe, as in the file of all rows.
  const quoted = (cell) => `"${String(cell).replace(/^\s*[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
  const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  // Keys of sources become links to the bibliography.
  const linked = (page) => (keys, kind) =>
    kind !== "display" ? keys : keys.split(";").map((key) => `<a href="${safe(page + key)}">${safe(key)}</a>`).join(" ");

  // A row is read as one: what happened, then where, who, what to know, and its key.
  const told = (at) => (what, kind, row) => {
    if (kind !== "display") return what;
    const where = [row[at("Where")], row[at("Who")]].filter(Boolean).join(" · ");
    const lines = [where, row[at("Note")]].filter(Boolean).map((line) => `<br>${safe(line)}`);
    return `<strong>${safe(what)}</strong>${lines.join("")}<br><code>${safe(row[at("Key")])}</code>`;
  };

  function show(place, { columns, rows }) {
    const at = (name) => columns.indexOf(name);
    const table = make("table", { className: "casi-records-table" });
    table.append(make("caption", {}, place.dataset.title));
    const kinds = [...new Set(rows.map((row) => row[at("Kind")]))].sort();
    const filters = make("form", { className: "casi-records-filters" }, choice("Kind", kinds), choice("State", states), year("From"), year("To"));
    const save = make("button", { type: "button" }, "Download these rows (CSV)");
    place.querySelector(".casi-records-title").remove();
    place.prepend(filters, make("div", { className: "casi-records-scroll" }, table));
    place.querySelector("p").append(" · ", save);

    const plain = DataTable.render.text();
    const render = { What: told(at), Sources: linked(place.dataset.sources) };
    const inside = ["Where", "Who", "Note", "Key"];
    const shown = new DataTable(table, {
      data: rows,
      columns: columns.map((title) => ({ title, render: render[title] ?? plain, visible: !inside.includes(title) })),
      order: [],
      pageLength: 10,
      autoWidth: false,
      deferRender: true,
      language: { search: "Search", lengthMenu: "Rows _MENU_" },
    });

    const value = (name) => filters.elements[name].value;
    const apply = () => {
      const [from, to] = [value("From") || "0", value("To") || "9999"];
      shown.column(at("Kind")).search.fixed("kind", (cell) => !value("Kind") || cell === value("Kind"));
      shown.column(at("Who")).search.fixed("state", (cell) => !value("State") || cell.includes(value("State")));
      shown.column(at("Date")).search.fixed("years", (cell) => {
        const its = cell.slice(0, 4);
        return its ? from <= its && its <= to : !value("From") && !value("To");
      });
      shown.draw();
    };
    // A chart leads here with the tables it was drawn from, the search with a subject: show their
    // rows, until asked for all.
    const hash = new URLSearchParams(location.hash.slice(1));
    const named = (hash.get("tables") ?? hash.get("rows"))?.split(",") ?? [];
    const of = (key) => named.some((name) => `${key}/`.startsWith(`${name}/`));
    if (rows.some((row) => of(row[at("Key")]))) {
      const all = make("button", { type: "button" }, `Rows of ${named.join(", ")}: show all rows`);
      filters.append(all);
      shown.column(at("Key")).search.fixed("tables", of).draw();
      all.addEventListener("click", () => {
        shown.column(at("Key")).search.fixed("tables", null).draw();
        all.remove();
      });
      place.scrollIntoView();
    }

    filters.addEventListener("input", apply);
    filters.addEventListener("submit", (event) => event.preventDefault());
    save.addEventListener("click", () => {
      const chosen = shown.rows({ search: "applied", order: "applied" }).data().toArray();
      const sheet = [columns, ...chosen].map((row) => row.map(quoted).join(",")).join("\r\n");
      const file = URL.createObjectURL(new Blob(["\ufeff", sheet], { type: "text/csv" }));
      make("a", { href: file, download: `${place.dataset.label}-selection.csv` }).click();
      URL.revokeObjectURL(file);
    });
  }

  document.querySelectorAll(".casi-records").forEach(async (place) => {
    const { label, folder } = place.dataset;
    await load(`${folder}/${label}.js`);
    show(place, window.casiRecords[label]);
  });
})();
