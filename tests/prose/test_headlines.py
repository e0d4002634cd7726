"""Headlines say no more than their rows: titles of charts, leads of findings, the front page.

The rules are in CONTRIBUTING.md; here are those that a program can see.
"""

import re

import nbformat
import plain_english
import pytest
import readers_text
from stored_charts import charts_in

from casi.book.run import captions
from casi.findings.key_findings import FINDINGS

MOST_WORDS = 12
ABSOLUTE = re.compile(r"(?<!not the )\b(?:first|only|none|never|no|ever|nobody)\b", re.I)
COMPLETENESS = re.compile(  # what says how complete the rows are
    r"\b(?:record(?:ed|s)?|known|found|sample|complete|partial|full|missing|left out|leaves out)\b",
    re.I,
)
EXTREMES = "low(?:est)?(?: point)?|high(?:est)?(?: point)?|peak|trough|minimum|maximum"
FORBIDDEN = {  # what a headline may not compare, by the rule
    "the lowest or highest point is no start of a change": re.compile(
        rf"\b(?:from|since|than)\b(?: (?:its|their|the|an?|at))* (?:{EXTREMES})\b", re.I
    ),
    "a count that can only grow has not risen": re.compile(
        r"\bcounts?\b[^.;]*\b(?:rose|risen|grew|grown|increased)\b", re.I
    ),
}
COMPUTED_ELSEWHERE = {"fig-origin"}  # where the data set ends is how the chapter is built


def charts():
    """Return the title and the coverage of each chart by its label."""
    metas = [
        figure["layout"]["meta"] for path in readers_text.CHAPTERS for figure in charts_in(path)
    ]
    return {meta["label"]: (meta["title"], meta["coverage"]) for meta in metas}


def titles_as_written():
    """Return the title of each chart with its expressions, and the source of its chapter."""
    found = {}
    for path in readers_text.CHAPTERS:
        source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        for block in captions.BLOCK.finditer(source):
            title = next(part for part in block["body"].split("\n") if part and part[0] != ":")
            found[block["label"]] = title, source
    return found


CHARTS, TITLES = charts(), titles_as_written()


def headlines():
    """Return titles with their coverage, leads with their text, sentences of the front page."""
    found = dict(CHARTS.values())
    found |= {finding.lead: finding.text for finding in FINDINGS.values()}
    for text in readers_text.pages()["index"]:
        found |= dict.fromkeys(plain_english.sentences(text), "")
    return found


def overstated(headline, beside):
    """Return the absolute words of a headline that nothing limits."""
    limited = COMPLETENESS.search(headline) or COMPLETENESS.search(beside)
    return [] if limited else ABSOLUTE.findall(headline)


def one_end_of_a_range(title, source):
    """Return the names of which a title gives one value though the chapter has a low and a high."""
    places = " ".join(re.findall(r"{[^}]*}(?:`[^`]*`)?", title))
    used = set(re.findall(r"\w+", re.sub(r'"[^"]*"', "", places)))
    bases = {re.sub(r"_(?:low|high)$", "", name) for name in used}
    known = set(re.findall(r"\w+", source))
    return sorted(
        base
        for base in bases
        if {f"{base}_low", f"{base}_high"} <= known and not {f"{base}_low", f"{base}_high"} <= used
    )


def test_there_are_charts_to_read():
    assert len(CHARTS) >= 20 and len(TITLES) >= 20


@pytest.mark.parametrize("label", CHARTS)
def test_titles_have_twelve_words_at_most(label):
    assert len(CHARTS[label][0].split()) <= MOST_WORDS


@pytest.mark.parametrize("label", [label for label in TITLES if label not in COMPUTED_ELSEWHERE])
def test_titles_are_computed(label):
    assert "{eval}" in TITLES[label][0]


@pytest.mark.parametrize("label", TITLES)
def test_a_range_in_the_text_is_a_range_in_the_title(label):
    assert one_end_of_a_range(*TITLES[label]) == []


@pytest.mark.parametrize("key", FINDINGS)
def test_a_range_of_a_finding_is_a_range_in_its_lead(key):
    finding = FINDINGS[key]
    assert one_end_of_a_range(finding.lead, finding.lead + finding.text) == []


def test_absolute_words_say_how_complete_the_rows_are():
    found = {each: overstated(each, beside) for each, beside in headlines().items()}
    assert {each: words for each, words in found.items() if words} == {}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_headlines_compare_what_can_be_compared(rule):
    assert [each for each in headlines() if FORBIDDEN[rule].search(each)] == []


# The rules, by hand.


@pytest.mark.parametrize(
    ("headline", "beside", "words"),
    [
        ("The first exercise without Russia", "Held in July.", ["first"]),
        ("The first exercise on record without Russia", "Held in July.", []),
        ("The first exercise without Russia", "Bilateral exercises are a sample.", []),
        ("Russia never came and nobody else did", "", ["never", "nobody"]),
        ("Another firsthand account", "", []),
        ("It was not the first exercise", "", []),  # which one earlier row shows
    ],
)
def test_overstated_finds_absolute_words_without_a_limit(headline, beside, words):
    assert overstated(headline, beside) == words


@pytest.mark.parametrize(
    ("title", "source", "names"),
    [
        ("{share_low} to {share_high}", "share_low share_high", []),
        ("{share_high}", "share_low share_high", ["share"]),
        ("{share}", "share_low share_high", ["share"]),
        ("{share}", "share_low", []),
        ("{other}", "share_low share_high", []),
    ],
)
def test_one_end_of_a_range_is_found(title, source, names):
    assert one_end_of_a_range(title, source) == names


@pytest.mark.parametrize(
    ("headline", "faults"),
    [
        ("49%, up from 13% at the lowest", 0),  # the number comes between: seen by a reader only
        ("49%, up from the lowest share", 1),
        ("Less than at its peak", 1),
        ("Eight of nine counts have risen", 1),
        ("The share rose from 13% to 49%", 0),
        ("Counts of one kind", 0),
    ],
)
def test_forbidden_comparisons_are_found(headline, faults):
    assert sum(bool(rule.search(headline)) for rule in FORBIDDEN.values()) == faults
