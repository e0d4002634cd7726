from casi.book.build import languages


def test_links_to_pages_without_translation_lead_to_the_english_ones():
    page = '<a href="b.html#x">b</a><a href="../index.html">i</a><a href="https://x.org/b.html">'
    linked = languages.with_links(page, "chapters/a.html", {"index.html", "chapters/a.html"})
    assert linked == (
        '<a href="../../chapters/b.html#x" hreflang="en">b</a>'
        '<a href="../index.html">i</a><a href="https://x.org/b.html">'
    )


def test_a_page_names_the_other_language_once(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(f"<title>A</title>{languages.BUTTONS}</div>", "utf-8")
    for _ in range(2):
        languages.name_other(page, "ru", "ru/a.html")
    written = page.read_text("utf-8")
    assert written.count('<link rel="alternate" hreflang="ru"') == 1
    assert written.count('title="Читать по-русски">Русский</a>') == 1


def test_only_translated_pages_and_their_charts_are_published(tmp_path):
    made, book = tmp_path / "made", tmp_path / "html"
    for folder in (made / "charts", made / "_static", book):
        folder.mkdir(parents=True)
    shell = "<title>T</title><article><section><h1>Limits</h1></section></article>"
    chart = '<a href="charts/fig-a.html">x</a>'
    for name, more in (("index", chart), ("other", ""), ("search", ""), ("charts/fig-a", "")):
        (made / f"{name}.html").write_text(shell + more, "utf-8")
    for name in ("fig-a.csv", "fig-a-wide.svg", "fig-ab.csv"):
        (made / "charts" / name).write_text("", "utf-8")
    shell += '<script defer src="_static/translations.js?v=1"></script>'
    (made / "index.html").write_text(shell + chart, "utf-8")
    (made / "_static" / "translations.js").write_text("", "utf-8")
    (made / "_static" / "search.js").write_text('say("1 result")', "utf-8")
    (book / "index.html").write_text(shell, "utf-8")
    words = {"Limits": "Ограничения", "1 result": "1 итог", "Page": "Страница"}
    languages.publish(made, book, "ru", ["index"], words, [["ОДКБ", "CSTO"]])
    found = {path.relative_to(book / "ru").as_posix() for path in (book / "ru").rglob("*.*")}
    assert found == {
        *("index.html", "search.html", "full_text.js"),
        *("_static/search.js", "_static/stemmer.js"),
        *("charts/fig-a.html", "charts/fig-a.csv", "charts/fig-a-wide.svg"),
    }
    page = (book / "ru/index.html").read_text("utf-8")
    assert "<h1>Ограничения</h1>" in page and "translations.js" not in page
    assert "1 итог" in (book / "ru/_static/search.js").read_text("utf-8")
    searched = (book / "ru/full_text.js").read_text("utf-8")
    assert '[0,"Страница","","Ограничения",""]' in searched
    assert '"synonyms":[["ОДКБ","CSTO"]]' in searched and '"Page":"Страница"' in searched


def test_the_search_has_the_stemmer_of_the_language():
    assert languages.stemmer("ru").endswith("casiStemmer=new RussianStemmer()\n")
    assert languages.stemmer("ky") == ""  # Snowball has none
