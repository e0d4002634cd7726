"""Decide by their contents whether the files that a book is made from have changed.

Only the standard library is imported, so that `make book` ends at once if nothing has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INPUTS = (
    *("data/*", "requirements.txt", "references.bib"),
    *(f"casi/**/*.{ending}" for ending in ("py", "md", "json", "csv")),
)
TABLES = (  # what a check reads
    *("data/*", "references.bib", "requirements.txt", "casi/*.json", "casi/contradictions/*"),
    *("casi/tables.py", "casi/*checks.py", "casi/text_rules.py"),
)
PAGES = (
    "*.md",
    "chapters/*",
    "_*.yml",
    "CITATION.cff",
    "casi/book/pages/static/*",
    "casi/book/pages/templates/*",
    "images/*",
)


def fingerprint(root: Path, patterns: Iterable[str] = INPUTS) -> str:
    """Return a short hash of the names and contents of the files that match the patterns."""
    digest = hashlib.sha256()
    files = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
