"""Show functions of the package with Sphinx's autodoc, as text of this book.

The index of the book lists organisations and exercises, not functions. Names of types of other
packages are plain text, since a book that opens no address has no inventory of theirs.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

OWN = "casi."  # what a name of this package begins with


class WithoutIndexEntries(SphinxTransform):
    """Remove the entries that a page of functions would have in the index."""

    default_priority = 840  # before Sphinx collects the entries of a page, at 850

    def apply(self, **kwargs) -> None:
        """Change the page."""
        if any(self.document.findall(addnodes.desc)):
            for node in self.document.findall(addnodes.index):
                node["entries"] = []


def plain_type(
    app: Sphinx, env, node: addnodes.pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Return the text of a name that no page describes, unless it is one of this package."""
    foreign = node.get("refdomain") == "py" and not node["reftarget"].startswith(OWN)
    return text if foreign else None
