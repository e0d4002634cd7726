"""Numbers, lists and tables in prose, so that no chapter types a figure it could compute."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from casi.escape import for_markdown
from casi.language import DATE_PATTERNS, LANGUAGE, LOCALE, SIGNS, phrase, translated
from casi.number_words import count as count
from casi.number_words import of_them as of_them
from casi.number_words import part_of as part_of
from casi.number_words import times as times
from casi.number_words import word as word

PERCENT = {"ru": "\u00a0%"}.get(LANGUAGE, "%")
MISSING = "–"
RECORDS_MIME = "application/vnd.casi.records+json"
YEAR_COLUMNS = {
    written
    for name in (
        "year",
        "delivery_year",
        "Year",
        "From",
        "To",
        "Since",
        "First on record",
    )
    for written in (name, translated(name))
}  # no thousands separator


class Markdown(str):
    """Text that an inline expression puts into a page as Markdown; other text is shown as it is."""

    def _repr_markdown_(self) -> str:
        return str(self)


class Facts:
    """The values that the prose of a chapter quotes, by name.

    A set-up cell ends with them, and the cell of a section with those that it adds: the notebook
    then stores them as a table, so that a rerun notices every value that has changed.
    """

    def __init__(self, *groups: Mapping[str, object], **values: object):
        """Take values by name, such as those that a `headline` returns.

        Raises:
            ValueError: if two values have the same name.
        """
        self._values: dict[str, object] = {}
        for name, value in [*(item for group in groups for item in group.items()), *values.items()]:
            self._take(name, value)

    def add(self, *groups: Mapping[str, object], **values: object) -> Facts:
        """Add the values of a section; return these alone, for the section's cell to show.

        Raises:
            ValueError: if two values have the same name.
        """
        added = Facts(*groups, **values)
        for name, value in added._values.items():
            self._take(name, value)
        return added

    def _take(self, name: str, value: object) -> None:
        if name in self._values:
            raise ValueError(f"two facts are called {name!r}: give one of them another name")
        self._values[name] = value.item() if isinstance(value, np.generic) else value

    def __getattr__(self, name: str) -> Any:
        """Return a value; `AttributeError` if there is none of this name."""
        if name.startswith("_") or name not in self._values:
            near = ", ".join(get_close_matches(name, self._values)) or "none is similar"
            raise AttributeError(f"no fact is called {name!r} ({near})")
        return self._values[name]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        rows = [(name, _brief(value)) for name, value in self._values.items()]
        lines = [
            "| Name | Value |",
            "| :--- | :--- |",
            *(_row(map(for_markdown, row)) for row in rows),
        ]
        plain = [f"{name}: {value}" for name, value in rows]
        return {"text/markdown": "\n".join(lines), "text/plain": "\n".join(plain)}


def _brief(value: object) -> str:
    """Write a value of any kind on one line, a number with four decimals at most."""
    if isinstance(value, float):
        return MISSING if pd.isna(value) else f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(_brief, value))
    return str(value)


def fill(template: str, values: Mapping[str, object] | None = None, **more: object) -> str:
    """Put computed values in the places of a template: `{share:percent}`, `{day:date}`, `{n:word}`.

    In other languages a format may take words, as in `{n:count встреча|встречи|встреч}`. The result
    is plain text, such as the title of a chart. MyST roles, a name in braces and then a
    backtick, are left alone.

    Args:
        template: text with `{name}` or `{name:format}`, the formats being those of `FORMATS`.
        values: values by name, more of them than the template may use.
        more: values that the template must use.

    Raises:
        KeyError: naming the places without a value or format, or the values of `more` left over.
    """
    return _filled(template, FORMATS, {**(values or {}), **more}, set(more))


def fill_markdown(template: str, values: Mapping[str, object] | None = None, **more: object) -> str:
    """Put computed values in the places of a Markdown template, as text that is shown as it is.

    Args and errors are those of `fill`.
    """
    return _filled(template, MARKDOWN_FORMATS, {**(values or {}), **more}, set(more))


def _filled(
    template: str, formats: Mapping[str, Callable], known: Mapping[str, object], needed: set[str]
) -> str:
    if LANGUAGE != "en":
        formats = {**formats, **import_module(f"casi.languages.{LANGUAGE}").FORMATS}
    places = PLACE.findall(template)
    missing = [name for name, kind, _ in places if name not in known or kind not in formats]
    unused = sorted(needed - {name for name, *_ in places})
    if missing or unused:
        raise KeyError(f"no value or format for {missing}, no place for {unused}")
    return PLACE.sub(
        lambda place: formats[place[2] or ""](
            known[place[1]], *(place[3].split("|") if place[3] else ())
        ),
        template,
    )


def number(value: float, decimals: int = 0) -> str:
    """Write a number with thousands separators: `1234.5` gives `"1,234"`; missing gives a dash."""
    pattern = "#,##0" + "." * bool(decimals) + "0" * decimals
    return MISSING if pd.isna(value) else format_decimal(value, pattern, LOCALE)


def formatted(value: float, form: str) -> str:
    """Write a number of a chart; one that rounds to zero, yet is above it, as `<0.1`.

    Args:
        value: the number.
        form: a format specification, such as `.1f`.
    """
    text = format(value, form)
    if value > 0 and not set(text) & set("123456789"):
        digits = text.rstrip("%")
        text = f"<{digits[:-1]}1{text[len(digits) :]}"
    return text if LANGUAGE == "en" else text.translate(SIGNS)


def percent(share: float, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage: `0.941` gives `"94%"`."""
    pattern = "0" + "." * bool(decimals) + "0" * decimals + PERCENT
    return MISSING if pd.isna(share) else format_percent(share, pattern, LOCALE)


def percents(low: float, high: float) -> str:
    """Write a range of shares: `(0.032, 0.094)` gives `"3–9%"`; ends that round alike give one."""
    first, last = percent(low), percent(high)
    return last if first == last else f"{first.removesuffix(PERCENT)}–{last}"


def quantity(value: float, unit: str, decimals: int = 0) -> str:
    """Write a number in digits and its unit: `(9.2, "point")` gives `"9 points"`."""
    written = number(value, decimals)
    return f"{written} {unit}" if written == "1" else f"{written} {unit}s"


def listing(items: Iterable[str], nothing: str = "none") -> str:
    """Join items as a sentence would: `["a", "b", "c"]` gives `"a, b and c"`."""
    return format_list([str(item) for item in items], locale=LOCALE) or nothing


def cite(keys: Iterable[str]) -> Markdown:
    """Turn keys of `references.bib` into one MyST citation.

    Raises:
        ValueError: naming the keys that a citation cannot hold.
    """
    keys = list(dict.fromkeys(keys))
    if odd := [key for key in keys if not CITABLE.fullmatch(key)]:
        raise ValueError(f"not keys of a bibliography: {odd}")
    return Markdown("{cite}`" + ",".join(keys) + "`")


def rows_link(text: str, rows: Iterable[str]) -> Markdown:
    """Turn text into a link to rows of the record, as Markdown; without rows it is only text.

    Args:
        text: what to show, as it is.
        rows: table and key of each, such as `exercises/birlestik-2024`.
    """
    names, shown = quote(",".join(rows), safe="/,"), phrase(text)
    return Markdown(f"[{for_markdown(shown)}](rows:{names})" if names else for_markdown(shown))


def date(value: pd.Timestamp, precision: str = "day") -> str:
    """Write a date no more exactly than it is known: `"9 August 2024"` or `"August 2024"`."""
    if pd.isna(value):
        return MISSING
    return format_date(value, DATE_PATTERNS[precision], LOCALE)


def dates(days: pd.Series, precisions: pd.Series) -> list[str]:
    """Write a column of dates, each no more exactly than its precision says."""
    pairs = zip(days, precisions.fillna("day"), strict=True)
    return [date(day, precision).replace(" ", "\u00a0") for day, precision in pairs]


class Table:
    """A Markdown table with a caption, numbered by the book."""

    def __init__(self, markdown: str, label: str):
        """Keep the Markdown and the label that the text refers to."""
        self.markdown = markdown
        self.label = label

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = {"text/markdown": self.markdown, "text/plain": self.markdown}
        return data, {"text/markdown": {"label": self.label}}


class Records:
    """A long table that the book lets readers search; the notebook stores only where it is from."""

    def __init__(
        self,
        view: Callable[[], pd.DataFrame],
        *,
        label: str,
        title: str,
        sources: str,
        options: Callable[[], dict] | None = None,
    ):
        """Call the view once, to count and hash its rows.

        Args:
            view: a public function of a module that returns the table, all columns text.
            label: what its files are called.
            title: what it holds.
            sources: address of a page of the book at which the keys of its column `Sources` are
                found, without the key; empty if there is none.
            options: a public function of a module that returns what the filters of the page need;
                it is called once too, for the hash.
        """
        rows = view()
        content = rows.to_csv(index=False)
        self.spec: dict[str, str | int] = {
            "view": _address(view),
            "label": label,
            "title": title,
            "sources": sources,
        }
        if options:
            self.spec["options"] = _address(options)
            content += json.dumps(options(), ensure_ascii=False)
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        self.spec |= {"rows": len(rows), "hash": digest}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        words = "{title}: {rows:,} rows ({hash}); {view} returns them.".format_map(self.spec)
        return {RECORDS_MIME: self.spec, "text/plain": words}


def _address(function: Callable) -> str:
    return f"{function.__module__}:{function.__name__}"


def table(
    frame: pd.DataFrame,
    columns: dict[str, str] | None = None,
    *,
    label: str,
    caption: str,
    source: Sequence[str] = (),
    note: str = "",
    markdown: Collection[str] = (),
) -> Table:
    """Set a frame as a captioned table, its source under it.

    Args:
        frame: what to show; missing cells become dashes, and text is shown as it is.
        columns: the columns to show, with their headings; all of them as they are if not given.
        label: what the text refers to, such as `"tab-meetings"`.
        caption: what the table shows, a sentence.
        source: keys of `references.bib`; none for a table about the record itself.
        note: what to know before reading it, in Markdown.
        markdown: the columns of `frame` whose cells are Markdown; `escape.as_code` writes keys.

    Raises:
        ValueError: if there is no row, no caption, or neither source nor note.
    """
    if frame.empty or not caption.strip() or not (list(source) or note.strip()):
        raise ValueError(f"table {label!r}: needs rows, a caption and a source, or a note instead")
    if not re.fullmatch(r"tab-[a-z0-9-]+", label):
        raise ValueError(f"table label {label!r}: write it like 'tab-meetings'")
    shown = columns or {name: translated(str(name)) for name in frame.columns}
    ready = [name in markdown for name in shown]
    frame = frame[list(shown)].set_axis(list(shown.values()), axis="columns")
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    lines = [
        f"**{for_markdown(caption)}**",
        "",
        _row(map(for_markdown, frame.columns)),
        _row("---:" if right else ":---" for right in numeric),
        *map(_row, _written(frame, ready)),
        "",
        f"{note} {translated('Source')}: {cite(source)}.".strip() if list(source) else note,
    ]
    return Table("\n".join(lines), label)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _written(frame: pd.DataFrame, ready: list[bool]) -> list[list[str]]:
    """Write the cells as Markdown; `ready` says of each column whether it is that already."""
    columns = [
        [
            cell.replace("|", "\\|") if is_ready else for_markdown(cell)
            for cell in _column(frame[name])
        ]
        for name, is_ready in zip(frame.columns, ready, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(values: pd.Series) -> list[str]:
    """Write a column as text, all its numbers with the same decimals; missing is a dash."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return [date(value).replace(" ", "\u00a0") for value in values]
    if pd.api.types.is_float_dtype(values):
        known = values.dropna()
        whole = (known % 1 == 0).all()
        decimals = 0 if whole else (2 if known.abs().max() < 10 else 1)
        return [number(value, decimals) for value in values]
    if pd.api.types.is_integer_dtype(values) and values.name not in YEAR_COLUMNS:
        return [number(value) for value in values]
    return [MISSING if pd.isna(value) else phrase(str(value)) for value in values]


CITABLE = re.compile(r"[\w:.+/-]+")
PLACE = re.compile(r"\{(\w+)(?::(\w+)(?: ([^{}]*))?)?\}(?!`)")
FORMATS: dict[str, Callable] = {
    "": str,
    "word": word,
    "times": times,
    "number": number,
    "tenths": lambda value: number(value, 1),
    "percent": percent,
    "list": listing,
    "cite": cite,
    "date": date,
    "month": lambda day: date(day, "month"),
}
MARKDOWN_FORMATS: dict[str, Callable] = FORMATS | {
    "": lambda value: for_markdown(str(value)),
    "list": lambda items: listing(for_markdown(str(item)) for item in items),
}
