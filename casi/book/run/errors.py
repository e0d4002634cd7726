"""Errors that commands report in a sentence."""

from __future__ import annotations

import errno
import sqlite3


class FaultyNotebooks(RuntimeError):
    """Notebooks fail or break rules; the message lists every fault."""


def find_full_disk(error: BaseException | None) -> str:
    """Return what could not be written, if a full disk is the error or its cause.

    Returns:
        The path that the system has named, or `a file`; an empty string for other errors.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return str(error.filename2 or error.filename or "a file")
        if isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_FULL:
            return "the cache of outputs"
        error = error.__cause__ or error.__context__
    return ""


def _code(error: sqlite3.Error) -> int | None:
    return getattr(error, "sqlite_errorcode", None)  # errors of the module itself have none
