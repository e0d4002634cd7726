// Searches the text of the book. The index is made in the browser at the first search, from files of the book.
(() => {
  const form = document.querySelector("article .bd-search");
  const field = form.elements.q;
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const MOST = 50; // results shown
  const BEFORE = 60; // characters of an excerpt before the first match
  const LENGTH = 240;
  const WEIGHTS = { Page: 2, Section: 1.5, Term: 2, Figure: 1.2, Table: 0.8, Source: 0.2 };
  const WEIGHT_OF_ROWS = 0.6;
  const SMALL = new Set(
    "a an and are as at by did do does for from has have how in is it of on or the to was were what when where which who why with".split(" "),
  );

  const load = (file) =>
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: file, onload: resolve, onerror: reject });
      document.head.append(script);
    });

  // The same word has one form: small letters without marks, English plurals without their ending.
  // In another language its stem: Snowball's, in a file that only the pages of that language have.
  const formOf = (word) =>
    window.casiStemmer?.stemWord(word.toLowerCase().replaceAll("ё", "е")) ??
    word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ies$/, "y").replace(/([^su])s$/, "$1");
  const WORD = /[\p{L}\p{M}\p{N}]+/gu;
  const wordsOf = (text) => text.match(WORD) ?? [];

  let index;
  const opened = async () => {
    const stemmer = document.documentElement.lang === "en" ? [] : [load("_static/stemmer.js")];
    await Promise.all([load("_static/minisearch.js"), load("full_text.js"), ...stemmer]);
    const { pages, entries, synonyms, names } = window.casiFullText;
    const titles = [];
    const documents = entries.map(([page, label, anchor, title, text], id) => {
      titles[page] ??= title;
      const address = pages[page] + (anchor && `#${anchor}`);
      return { id, label, address, title, text, page: titles[page] };
    });
    const made = new MiniSearch({ fields: ["title", "text"], tokenize: wordsOf, processTerm: formOf });
    made.addAll(documents);
    const groups = synonyms.map((group) => ({ group, forms: group.map(formOf) }));
    return { made, documents, groups, names };
  };

  // A word that the book lacks, also as a beginning, may hold a typing error; numbers are exact.
  const asked = (word, { made, groups }) => {
    const isWord = !/\p{N}/u.test(word);
    const prefix = isWord && word.length > 2;
    const others = groups.filter(({ forms }) => forms.includes(formOf(word))).flatMap(({ group }) => group);
    const known = others.length || made.search(word, { prefix }).length;
    const fuzzy = isWord && !known && word.length > 4 && 0.25; // edits for each letter
    const alike = others.map((other) => ({ queries: [other], combineWith: "AND" }));
    return { combineWith: "OR", queries: [{ queries: [word], prefix, fuzzy, maxFuzzy: 2 }, ...alike] };
  };

  function find(words, loaded) {
    const { made, documents, names } = loaded;
    const kindOf = (label) => Object.keys(names).find((kind) => names[kind] === label.split(" ")[0]);
    const telling = words.filter((word) => !SMALL.has(word.toLowerCase()));
    const queries = (telling.length ? telling : words).map((word) => asked(word, loaded));
    const boostDocument = (id) => WEIGHTS[kindOf(documents[id].label)] ?? WEIGHT_OF_ROWS;
    const search = (combineWith) => made.search({ combineWith, queries }, { boost: { title: 3 }, boostDocument });
    const all = search("AND");
    return all.length ? all : search("OR");
  }

  // A text as nodes, with the words that match in bold.
  function marked(text, terms) {
    const nodes = [];
    let end = 0;
    for (const { 0: word, index: start } of text.matchAll(WORD)) {
      if (!terms.has(formOf(word))) continue;
      nodes.push(text.slice(end, start), make("strong", {}, word));
      end = start + word.length;
    }
    return [...nodes, text.slice(end)];
  }

  function excerpt(text, terms) {
    const first = [...text.matchAll(WORD)].find(({ 0: word }) => terms.has(formOf(word)))?.index ?? 0;
    const start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
    const end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    const cut = text.slice(start, Math.max(end, first));
    return `${start ? "… " : ""}${cut}${end < text.length ? " …" : ""}`;
  }

  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };

  function item({ id, terms }, { documents, names }) {
    const { label, address, title, text, page } = documents[id];
    const found = new Set(terms);
    const link = make("a", { href: address }, ...marked(title, found));
    const place = make("p", { className: "casi-search-place" }, label === names.Page ? label : `${label} · ${page}`);
    const words = make("p", {}, ...marked(excerpt(text, found), found));
    return make("li", {}, link, place, ...(text ? [words] : []));
  }

  let last = 0;
  async function show() {
    const words = wordsOf(field.value);
    const number = ++last;
    if (words.length) index ??= opened();
    const loaded = words.length && (await index);
    if (number !== last) return; // the reader has typed on
    const results = loaded ? find(words, loaded) : [];
    const count = results.length === 1 ? "1 result" : `${results.length} results`;
    const shown = results.length > MOST ? `, the first ${MOST} shown` : "";
    status.textContent = words.length ? `${count} for “${field.value.trim()}”${shown}` : "";
    list.replaceChildren(...results.slice(0, MOST).map((result) => item(result, loaded)));
    history.replaceState(null, "", words.length ? `?${new URLSearchParams({ q: field.value })}` : location.pathname);
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) show();
  else field.focus();
})();
