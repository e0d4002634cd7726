// Which rows of a long table a filter keeps. The filter is what stands behind # in the address.
(() => {
  const lists = ["states", "without", "kind", "frame", "language", "level", "grade", "place", "tables", "rows"];
  const texts = ["q", "from", "to", "match", "plans", "unsure", "chart", "series", "at", "view"];
  const marks = /[\u0300-\u036f]/g; // accents, once a text is decomposed
  const words = (text) => text.normalize("NFD").replace(marks, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  // Cyrillic letters in Latin ones: a name is then found as our tables write it.
  const letters = {
    а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", к: "k", л: "l", м: "m", н: "n", о: "o",
    п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ы: "y",
    ь: "", э: "e", ю: "yu", я: "ya",
  };
  const latin = (word) => [...word].map((letter) => letters[letter] ?? letter).join("");

  const split = (cell) => (cell ? cell.split(";") : []);

  function parse(hash) {
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const filter = {};
    for (const name of lists) filter[name] = (given.get(name) ?? "").split(",").filter(Boolean);
    for (const name of texts) filter[name] = given.get(name) ?? "";
    return filter;
  }

  function write(filter) {
    const parts = [...lists, ...texts].map((name) => [name, String(filter[name] ?? "")]);
    const encoded = ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%2F", "/")}`;
    return parts.filter(([, value]) => value).map(encoded).join("&");
  }

  // The rows in the form in which they are compared; `text` is made when a word is first looked for.
  function prepare({ columns, rows }) {
    const at = Object.fromEntries(columns.map((name, number) => [name, number]));
    const searched = ["Date", "What", "Where", "Who", "Note", "Key", "Kind", "Frame", "Language", "States", "Names"];
    return rows.map((row) => {
      const cell = (name) => row[at[name]] ?? "";
      return {
        row,
        cell,
        key: cell("Key"),
        kind: cell("Kind"),
        year: cell("Date").slice(0, 4),
        grade: cell("Grade"),
        frame: cell("Frame"),
        language: cell("Language"),
        place: cell("Place"),
        level: split(cell("Level")),
        states: split(cell("States")),
        parties: split(cell("Parties")),
        plan: ["planned", "cancelled"].includes(cell("Status")),
        unsure: cell("Complete") === "no",
        get text() {
          return (this.joined ??= ` ${words(searched.map(cell).join(" ")).join(" ")} `);
        },
      };
    });
  }

  // Each word looked for with all that means the same, which may be several words, as may a name in
  // the query; short ones, such as SCO, are whole words.
  function asked(query, synonyms) {
    const groups = synonyms.map((group) => group.map((phrase) => words(phrase).join(" ")));
    const looked = words(query);
    const found = [];
    while (looked.length) {
      const phrases = [3, 2, 1].map((length) => looked.slice(0, length).join(" "));
      const known = phrases.find((phrase) => groups.some((group) => group.includes(phrase)));
      const taken = (known ?? looked[0]).split(" ");
      const same = groups.filter((group) => group.includes(known)).flat();
      const ways = new Set([taken.join(" "), latin(taken.join(" ")), ...same]);
      found.push([...ways].map((phrase) => phrase.split(" ").map((part) => (part.length < 4 ? ` ${part} ` : ` ${part}`))));
      looked.splice(0, taken.length);
    }
    return found;
  }

  const none = (chosen) => !chosen.length;
  const named = (key, names) => names.some((name) => `${key}/`.startsWith(`${name}/`));

  function joins(one, { states, match }) {
    if (none(states)) return true;
    const acted = states.some((state) => one.states.includes(state));
    return match === "all" ? acted && states.every((state) => one.states.includes(state) || one.parties.includes(state)) : acted;
  }

  function passes(one, filter, looked, keys) {
    const { kind, frame, language, level, grade, place, from, to, tables, rows } = filter;
    if (keys) return keys.has(one.key);
    if (!none(tables) && !named(one.key, tables)) return false;
    if (!none(rows) && !named(one.key, rows)) return false;
    if (!none(kind) && !kind.includes(one.kind)) return false;
    if (!none(frame) && !frame.includes(one.frame)) return false;
    if (!none(language) && !language.includes(one.language)) return false;
    if (!none(grade) && !grade.includes(one.grade)) return false;
    if (!none(place) && !place.includes(one.place)) return false;
    if (!none(level) && !level.some((each) => one.level.includes(each))) return false;
    if ((from && one.year < from) || (to && (!one.year || one.year > to))) return false;
    if (!joins(one, filter) || filter.without.some((state) => one.states.includes(state))) return false;
    return looked.every((ways) => ways.some((parts) => parts.every((part) => one.text.includes(part))));
  }

  // Returns the numbers of the rows kept, and how many more there would be with plans, and with
  // events whose participants are not all known when some states must be absent.
  function keep(all, filter, { synonyms = [], keys = null } = {}) {
    const looked = asked(filter.q, synonyms);
    const kept = [];
    let [plans, unsure] = [0, 0];
    const every = keys || !none(filter.rows) || filter.plans === "with";
    all.forEach((one, number) => {
      if (!passes(one, filter, looked, keys)) return;
      if (!every && one.plan !== (filter.plans === "only")) plans += one.plan;
      else if (!keys && !none(filter.without) && one.unsure && filter.unsure !== "with") unsure += 1;
      else kept.push(number);
    });
    return { kept, plans, unsure };
  }

  window.casiFilter = { parse, write, prepare, keep, latin };
})();
