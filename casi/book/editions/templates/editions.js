// Shows a reader of any edition the others, and warns of one that is old or a draft.
(() => {
  const nav = document.querySelector(".casi-editions[data-root]");
  if (!nav) return;
  const { edition, page, root } = nav.dataset;
  const newest = SITE.books.find((book) => book.folder === SITE.newest);
  const has = (book) => book.pages.includes(page);

  const element = (tag, properties, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };

  // The same page of another edition, at the place where the reader is; else its front page.
  const linkTo = (book, words) => {
    const link = element("a", { href: `${root}${book.folder}/${has(book) ? page : "index.html"}` }, words);
    if (has(book)) link.addEventListener("click", () => (link.hash = location.hash));
    return link;
  };

  const list = element("ul", {});
  for (const book of [...SITE.books].reverse()) {
    const link = linkTo(book, book.name);
    if (book.folder === edition) link.setAttribute("aria-current", "true");
    list.append(element("li", {}, link, has(book) ? "" : " (front page)"));
  }
  nav.append(element("details", {}, element("summary", {}, "This page in other editions"), list));

  const draft = edition === SITE.draft;
  if (edition === newest.folder && !draft) return;
  const name = nav.querySelector("p").textContent;
  const warning = draft ? `${name}. It changes and may contain errors: do not cite it. ` : `${name} is not the newest. `;
  const banner = element("div", { className: "casi-banner", role: "note" }, warning);
  if (edition !== newest.folder) {
    const words = has(newest) ? "Read this page in the newest edition" : "See the newest edition, which has no such page";
    banner.append(linkTo(newest, words));
  }
  document.body.prepend(banner);
})();
