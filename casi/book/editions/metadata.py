"""Add metadata to each page: description, Open Graph, schema.org, links to its source."""

from __future__ import annotations

import html
import json
import re

from docutils import nodes
from sphinx.application import Sphinx

from casi import tables
from casi.book.editions import cite
from casi.book.editions.archives import data_name
from casi.book.editions.edition import Edition
from casi.book.pages import chart_html, share_pictures

LENGTH = 160  # characters of a description that search engines show
TAG = re.compile(r"<[^>]+>")
GITHUB = re.compile(r"https://github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)")


def describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Add the metadata of a page to its context; for `html-page-context`."""
    edition = app.config.casi_edition
    front, page = pagename == context["root_doc"], f"{pagename}{context['file_suffix']}"
    title = edition.title if front else html.unescape(TAG.sub("", context.get("title", "")))
    text = edition.abstract if front or doctree is None else summary(doctree)
    things = (
        report_and_dataset(edition, context["pathto"])
        if front
        else [web_page(edition, title, text)]
    )
    source = "" if doctree is None else app.env.doc2path(pagename, base=False)
    context["casi"] = {
        "edition": edition,
        "page": page,
        "title": title,
        "description": text,
        "address": cite.address(edition, page),
        "image": cite.address(edition, share_picture(app, pagename)),
        "cite": cite.FORMATS,
        "source": source_links(edition, source) if source else {},
        "things": as_json({"@context": "https://schema.org", "@graph": things}),
    }


def share_picture(app: Sphinx, pagename: str) -> str:
    """Return the address in the book of the picture that shows a page where it is shared.

    It is that of the page's chart, of its first one, or else the one on the cover.
    """
    own = [each["layout"]["meta"]["label"] for each in chart_html.charts_in(app).get(pagename, [])]
    folder, _, name = pagename.rpartition("/")
    label = name if folder == chart_html.FOLDER else next(iter(own), app.config.casi_cover)
    return f"{chart_html.FOLDER}/{label}{share_pictures.ENDING}"


def summary(doctree: nodes.Element) -> str:
    """Return the first paragraph of the text of a page, cut at a word; none of a table or cell."""
    paragraphs = doctree.findall(nodes.paragraph)
    of_text = (each for each in paragraphs if isinstance(each.parent, nodes.section))
    first = next(of_text, nodes.paragraph())
    text = " ".join(first.astext().split())
    return text if len(text) <= LENGTH else text[:LENGTH].rsplit(" ", 1)[0] + " …"


def report_and_dataset(edition: Edition, pathto) -> list[dict]:
    """Return the report and its data set as schema.org describes them.

    Args:
        edition: the edition.
        pathto: returns the relative address of a file of the book.
    """
    package = tables.descriptor()
    common = {
        "creator": [{"@type": "Organization", "name": author} for author in edition.authors],
        "version": edition.version,
        "dateModified" if edition.draft else "datePublished": f"{edition.made:%Y-%m-%d}",
        "license": package["licenses"][0]["path"],
        "keywords": edition.keywords,
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }
    data = {
        "@type": "DataDownload",
        "encodingFormat": "application/zip",
        "contentUrl": pathto(f"downloads/{data_name(edition)}", 1),
    }
    report = {
        "@type": "Report",
        "@id": "#report",
        "name": edition.title,
        "description": edition.abstract,
    }
    dataset = {"@type": "Dataset", "@id": "#dataset", "name": package["title"]}
    dataset |= {"description": package["description"], "distribution": [data]}
    dataset |= {name: package[name] for name in ("temporalCoverage", "spatialCoverage")}
    where = {"url": address} if (address := cite.address(edition)) else {}
    return [report | common | where | {"hasPart": {"@id": "#dataset"}}, dataset | common | where]


def web_page(edition: Edition, title: str, text: str) -> dict:
    """Return a page as schema.org describes it: a part of the report."""
    report = {"@type": "Report", "name": edition.title, "version": edition.version}
    return {"@type": "WebPage", "name": title, "description": text, "isPartOf": report}


def source_links(edition: Edition, path: str) -> dict[str, str]:
    """Return links to the source of a page; empty if no repository is set.

    Args:
        edition: the edition; Binder and Colab open only a repository on GitHub.
        path: path of the source file in the repository.
    """
    found = GITHUB.fullmatch(edition.repository)
    if not found:
        return {"Source": edition.repository} if edition.repository else {}
    mark = _mark(edition)
    links = {
        "Source of this page": f"{source_folder(edition)}/{path}",
        "Report an error": f"{edition.repository}/issues/new",
    }
    if path.endswith(".ipynb"):
        place = f"{found['owner']}/{found['name']}"
        links |= {
            "Run on Binder": f"https://mybinder.org/v2/gh/{place}/{mark}?urlpath=lab/tree/{path}",
            "Open in Colab": f"https://colab.research.google.com/github/{place}/blob/{mark}/{path}",
        }
    return links


def source_folder(edition: Edition) -> str:
    """Return the address of the source of an edition; empty without a repository on GitHub."""
    on_github = GITHUB.fullmatch(edition.repository)
    return f"{edition.repository}/blob/{_mark(edition)}" if on_github else ""


def _mark(edition: Edition) -> str:
    """Return the name of the commit of an edition in its repository."""
    return "HEAD" if edition.draft else f"v{edition.version}"


def as_json(thing: dict) -> str:
    """Return JSON for a script element, with `<` escaped."""
    return json.dumps(thing, ensure_ascii=False).replace("<", "\\u003c")
