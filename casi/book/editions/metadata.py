"""Tell machines what each page is: description, Open Graph, schema.org; and where its source is."""

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

LENGTH = 160  # letters of a description that search engines show
TAG = re.compile(r"<[^>]+>")
GITHUB = re.compile(r"https://github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)")


def describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page its metadata; to be connected to `html-page-context`."""
    ours = app.config.casi_edition
    front, page = pagename == context["root_doc"], f"{pagename}{context['file_suffix']}"
    title = ours.title if front else html.unescape(TAG.sub("", context.get("title", "")))
    text = ours.abstract if front or doctree is None else summary(doctree)
    things = whole(ours, context["pathto"]) if front else [part(ours, title, text)]
    source = "" if doctree is None else app.env.doc2path(pagename, base=False)
    context["casi"] = {
        "edition": ours,
        "page": page,
        "title": title,
        "description": text,
        "address": cite.address(ours, page),
        "image": cite.address(ours, f"charts/{app.config.casi_cover}.png"),
        "cite": cite.FORMATS,
        "source": source_links(ours, source) if source else {},
        "things": as_json({"@context": "https://schema.org", "@graph": things}),
    }


def summary(doctree: nodes.Element) -> str:
    """Return the first paragraph of a page, cut at a word."""
    first = doctree.next_node(nodes.paragraph)
    text = " ".join(first.astext().split()) if first else ""
    return text if len(text) <= LENGTH else text[:LENGTH].rsplit(" ", 1)[0] + " …"


def whole(ours: Edition, pathto) -> list[dict]:
    """Return the report and its data set as schema.org describes them.

    Args:
        ours: the edition.
        pathto: returns the relative address of a file of the book.
    """
    package = tables.descriptor()
    common = {
        "creator": [{"@type": "Organization", "name": author} for author in ours.authors],
        "version": ours.version,
        "dateModified" if ours.draft else "datePublished": f"{ours.made:%Y-%m-%d}",
        "license": package["licenses"][0]["path"],
        "keywords": ours.keywords,
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }
    data = {
        "@type": "DataDownload",
        "encodingFormat": "application/zip",
        "contentUrl": pathto(f"downloads/{data_name(ours)}", 1),
    }
    report = {"@type": "Report", "@id": "#report", "name": ours.title, "description": ours.abstract}
    dataset = {"@type": "Dataset", "@id": "#dataset", "name": package["title"]}
    dataset |= {"description": package["description"], "distribution": [data]}
    dataset |= {name: package[name] for name in ("temporalCoverage", "spatialCoverage")}
    where = {"url": address} if (address := cite.address(ours)) else {}
    return [report | common | where | {"hasPart": {"@id": "#dataset"}}, dataset | common | where]


def part(ours: Edition, title: str, text: str) -> dict:
    """Return a page as schema.org describes it: a part of the report."""
    report = {"@type": "Report", "name": ours.title, "version": ours.version}
    return {"@type": "WebPage", "name": title, "description": text, "isPartOf": report}


def source_links(ours: Edition, path: str) -> dict[str, str]:
    """Return where the source of a page can be seen, run and talked about; empty if no one says.

    Args:
        ours: the edition; only a repository on GitHub can be opened by the services named.
        path: of the file, from the root of the repository.
    """
    found = GITHUB.fullmatch(ours.repository)
    if not found:
        return {"Source": ours.repository} if ours.repository else {}
    mark = "HEAD" if ours.draft else f"v{ours.version}"
    links = {
        "Source of this page": f"{ours.repository}/blob/{mark}/{path}",
        "Report a mistake": f"{ours.repository}/issues/new",
    }
    if path.endswith(".ipynb"):
        place = f"{found['owner']}/{found['name']}"
        links |= {
            "Run on Binder": f"https://mybinder.org/v2/gh/{place}/{mark}?urlpath=lab/tree/{path}",
            "Open in Colab": f"https://colab.research.google.com/github/{place}/blob/{mark}/{path}",
        }
    return links


def as_json(thing: dict) -> str:
    """Return JSON that can stand in a page: nothing in it ends the script element."""
    return json.dumps(thing, ensure_ascii=False).replace("<", "\\u003c")
