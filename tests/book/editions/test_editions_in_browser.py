"""A site of two editions as readers get it: the second corrected a fact and renamed a chapter."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from casi.book.editions import archives, release, site
from casi.tables import ROOT

COPIED = ["references.bib", "requirements.txt", "pyproject.toml", "_config.yml", "LICENSE-DATA.md"]
MAKEFILE = "offline:\n\t@$(BIN)/python -m casi.book.build\n"
TOC = "format: jb-book\nroot: index\nchapters:\n"
OLD = "Organization for Security"
NEW = "Organisation for Security"
REASON = "The spelling of its charter."


def git(root, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    day = {"GIT_AUTHOR_DATE": "@1700000000 +0000", "GIT_COMMITTER_DATE": "@1700000000 +0000"}
    subprocess.run(["git", "-C", root, *who, *words], check=True, env=os.environ | day)


def write(root, version, chapters):
    """Write the pages of an edition, and its version wherever it stands."""
    lines = "".join(f"- file: chapters/{name}\n" for name in chapters)
    (root / "_toc.yml").write_text(TOC + lines + "- file: bibliography\n")
    for name in (chapter for chapter in chapters if chapter != "changes"):
        (root / "chapters" / f"{name}.md").write_text(f"# {name.title()}\n\n## Limits\n\nSome.\n")
    for name in ("CITATION.cff", "data/datapackage.json"):
        now = release.versions(ROOT)[name]
        text = (root / name).read_text("utf-8")
        for old in {now, *VERSIONS}:
            text = text.replace(f'"version": "{old}"', f'"version": "{version}"')
            text = text.replace(f'version: "{old}"', f'version: "{version}"')
        (root / name).write_text(text, "utf-8")
    (root / "CHANGELOG.md").write_text(f"## {version}\n\nNews of {version}.\n")


def tag(root, version):
    run = [sys.executable, "-m", "casi.checks", "stamp"]
    subprocess.run(run, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=True)
    git(root, "add", "-A")
    git(root, "commit", "-qm", version)
    git(root, "tag", f"v{version}")


VERSIONS = ("2031.01", "2031.02")


@pytest.fixture(scope="session")
def report(fill_once):
    """A repository with two tagged editions, and its site; built once for all workers."""
    return fill_once("report", fill)


def fill(root):
    for name in ("casi", "data"):
        ignored = shutil.ignore_patterns("__pycache__", "previous.zip")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in (*COPIED, "CITATION.cff"):
        shutil.copy(ROOT / name, root)
    (root / "Makefile").write_text(MAKEFILE)
    (root / ".gitignore").write_text("_build/\n_site\n.site/\n__pycache__/\n")
    (root / "index.md").write_text("# Book\n\n{{ citation }}\n")
    (root / "bibliography.md").write_text("# Sources\n\n```{bibliography}\n```\n")
    (root / "chapters").mkdir()
    with (root / "CITATION.cff").open("a") as file:
        file.write("url: https://example.org/book\n")
    git(root, "init", "-q")

    first, second = VERSIONS
    write(root, first, ["one", "two"])
    tag(root, first)
    release.keep_previous(root)
    table = root / "data" / "organisations.csv"
    text = table.read_text("utf-8")
    [name] = re.findall(f"{OLD}[^,]*", text)
    table.write_text(text.replace(OLD, NEW), "utf-8")
    with (root / "data" / "corrections.csv").open("a") as file:
        file.write(f"c1,{second},organisations,osce,name,{name},{REASON},\n")
    for name in ("one.md", "two.md"):
        (root / "chapters" / name).unlink()
    shutil.copy(ROOT / "chapters" / "changes.ipynb", root / "chapters")
    write(root, second, ["first", "changes"])
    config = root / "_config.yml"
    moved = "casi_moved: {chapters/one: chapters/first}"
    config.write_text(re.sub(r"casi_moved: \{\}.*", moved, config.read_text()))
    tag(root, second)
    site.make_site(root)


@pytest.fixture(scope="module")
def made(report) -> Path:
    return report / "_site"


@pytest.fixture(scope="module")
def page(browser_path):
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def opened(page, path, fragment=""):
    page.goto(f"{path.as_uri()}{fragment}")
    return page


def test_the_root_leads_to_the_newest_edition(made, page):
    opened(page, made / "index.html").wait_for_url("**/2031.02/index.html")
    assert page.locator(".casi-banner").count() == 0
    assert "Edition 2031.02" in page.locator("article").inner_text()


def test_an_old_edition_warns_and_links_to_the_same_page_and_section(made, page):
    opened(page, made / "2031.01" / "chapters" / "one.html", "#limits")
    assert "Edition 2031.01 is not the newest" in page.locator(".casi-banner").inner_text()
    page.locator(".casi-banner a").click()
    page.wait_for_url("**/2031.02/chapters/first.html*")  # by the redirect of the renamed page
    assert page.title().startswith("First")


def test_a_page_that_the_newest_edition_lacks_leads_to_its_front_page(made, page):
    opened(page, made / "2031.01" / "chapters" / "two.html")
    link = page.locator(".casi-banner a")
    assert "which has no such page" in link.inner_text()
    link.click()
    page.wait_for_url("**/2031.02/index.html")


def test_the_reader_can_go_to_any_edition(made, page):
    opened(page, made / "2031.02" / "chapters" / "first.html", "#limits")
    menu = page.locator(".casi-editions details")
    page.evaluate("document.querySelector('.casi-editions details').open = true")
    shown = [text.strip() for text in menu.locator("li").all_text_contents()]
    assert shown == ["Draft of edition 2031.02", "Edition 2031.02", "Edition 2031.01 (front page)"]
    assert menu.locator("[aria-current]").inner_text() == "Edition 2031.02"
    menu.locator("a", has_text="Draft of edition 2031.02").evaluate("link => link.click()")
    page.wait_for_url("**/latest/chapters/first.html#limits")


def test_the_draft_warns_and_is_kept_from_search_engines(made, page):
    opened(page, made / "latest" / "index.html")
    assert "do not cite it" in page.locator(".casi-banner").inner_text()
    assert page.locator('meta[name="robots"]').get_attribute("content") == "noindex"


def test_no_page_of_the_site_breaks_its_own_content_policy(made, page):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    for path in ("2031.01/chapters/one.html", "latest/index.html", "editions.html"):
        opened(page, made / path)
    assert [text for text in messages if "Content" in text or "Error" in text] == []


def test_every_page_has_its_canonical_address_and_its_description(made):
    text = (made / "2031.01" / "chapters" / "one.html").read_text()
    assert '<link rel="canonical" href="https://example.org/book/2031.01/chapters/one.html"' in text
    assert 'property="og:url" content="https://example.org/book/2031.01/chapters/one.html"' in text
    assert 'name="description" content="Some."' in text


def test_each_edition_describes_itself_to_machines(made):
    for version in VERSIONS:
        text = (made / version / "index.html").read_text()
        [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        report, data = json.loads(found)["@graph"]
        assert report["@type"] == "Report" and data["version"] == version
        assert (made / version / data["distribution"][0]["contentUrl"]).is_file()
        package = json.loads((made / version / "data" / "datapackage.json").read_text())
        assert package["version"] == version


def test_each_edition_can_be_cited(made):
    text = (made / "2031.02" / "cite" / "citation.bib").read_text()
    assert "version = {2031.02}" in text and "https://example.org/book/2031.02/" in text


def test_a_correction_is_listed_with_its_reason(made):
    text = (made / "2031.02" / "chapters" / "changes.html").read_text()
    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{NEW}.*?</tr>", text, re.DOTALL)[0]
    name = " and Co-operation in Europe (until 1994 CSCE)"
    assert [*re.findall(r"<p>(.*?)</p>", row)] == [
        "organisations",
        "osce",
        "name",
        f"{OLD}{name}",
        f"{NEW}{name}",
        REASON,
    ]
    assert "Correction in edition 2031.02: organisations, osce" in (made / "feed.xml").read_text()


def test_no_link_inside_the_site_is_dead(made):
    pages = [made / "index.html", made / "editions.html"]
    for edition in (*VERSIONS, "latest"):
        about = json.loads((made / edition / "edition.json").read_text())
        pages += [made / edition / name for name in about["pages"]]
    assert len(pages) > 15
    dead = [
        f"{path}: {link}"
        for path in pages
        for link in re.findall(r'(?:href|src)="([^"#?]+)', path.read_text())
        if ":" not in link and not (path.parent / link).exists()
    ]
    assert dead == []


def test_a_second_run_builds_nothing_and_a_rebuild_gives_the_same_bytes(report, made, tmp_path):
    before = (made / "editions.json").read_bytes()
    site.make_site(report)
    assert (made / "editions.json").read_bytes() == before
    site.build_tagged(report, "2031.01", tmp_path)
    assert archives.digest(tmp_path / "2031.01" / "SHA256SUMS") == archives.digest(
        made / "2031.01" / "SHA256SUMS"
    )
