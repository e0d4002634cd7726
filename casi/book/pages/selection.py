"""Pick pages by the patterns of `_config.yml`."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from itertools import chain


def matching(pages: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Return the pages whose names match, in the order of the patterns.

    Args:
        pages: names of pages, such as `chapters/borders`.
        patterns: names of pages, in which `*` stands for any text.
    """
    names = sorted(pages)
    return list(dict.fromkeys(chain(*(fnmatch.filter(names, pattern) for pattern in patterns))))
