"""Rules of plain English: sentences, their length, passive voice, readability, banned idioms."""

import re

MOST_WORDS = 30  # a sentence
MOST_WORDS_ON_AVERAGE = 20  # a page
MOST_PASSIVE = 0.35  # of the sentences of a page
MOST_GRADE = 11  # of a page, by Flesch and Kincaid
VOWELS = re.compile(r"[aeiouyáàâäéèêëíîïóöôúüûıū]+")
SILENT = re.compile(r"(?<=[^aeiouytdlszcg])e[sd]$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$")
ABBREVIATIONS = (
    r"(?<!\bvol\.)(?<!\bal\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bU\.S\.)"
)
END_OF_SENTENCE = re.compile(rf"(?<=[.!?]){ABBREVIATIONS}[*\"”’)]*\s+(?=[\"“‘(*\[]*[A-Z0-9])")
WORD = re.compile(r"[^\W_][\w’'.,/&–-]*")
BE = r"(?:am|is|are|was|were|be|been|being)"
IRREGULAR = (  # participles
    "begun|borne|bought|broken|brought|built|caught|chosen|cut|dealt|done|drawn|driven|fallen|felt|"
    "found|fought|given|gone|held|hit|kept|known|laid|led|left|lost|made|meant|met|paid|put|read|"
    "said|seen|sent|set|shown|shut|sold|spent|split|taken|told|thought|understood|won|written"
)
PASSIVE = re.compile(
    rf"\b{BE}\b(?:\s+(?:not|also|all|only|still|often|never|\w+ly))*\s+"
    rf"(?:\w{{2,}}ed|{IRREGULAR})\b"
)
BANNED_IDIOMS = [  # each with what to write instead
    (r"\bhardly\b", "rarely, little"),
    (r"\bwhat rests on what\b", "how far each finding depends on one kind of source"),
    (r"\brungs?\b", "level"),
    (r"\btakes? (?:it|them|this|both)?\s*along\b", "download"),
    (r"\bon what terms\b", "licence"),
    (r"\b(?:is|was|are|were) there for\b", "took part in"),
    (r"\bput right\b", "corrected"),
    (r"\bby (?:them|it)sel(?:ves|f)\b", "without an outside power"),
    (r"\bwitness(?:es)?\b", "source"),
    (r"\bcarr(?:y|ies) (?:them|it)\b", "supports"),
    (r"\bchanges? hands\b", "the source changes"),
    (r"\bbears? (?:it|this|that|them)? ?out\b", "supports"),
    (r"\bis no law\b", "does not make a pattern"),
    (r"\bwould have its way\b", "state the condition"),
    (r"\bthe way the region is on\b", "the region is moving toward"),
    (r"\bfor ever\b", "permanently"),
    (r"\bneeds? a word\b", "needs explaining"),
    (r"\btell us\b", "report it"),
    (r"\b(?:is|was|are|were) of no use\b", "does not help"),
    (r"\bpairs only so\b", "pairs that trained together only with this power"),
]


def sentences(text):
    """Return the sentences of a paragraph of plain text."""
    return [part.strip() for part in END_OF_SENTENCE.split(text.strip()) if part.strip()]


def words(sentence):
    """Return the words of a sentence; numbers and names with hyphens are one word each."""
    return WORD.findall(sentence)


def syllables(word):
    """Return the number of syllables: groups of vowels, without a silent e; of a number, one."""
    parts = re.split(r"\W", word.lower())
    return sum(max(1, len(VOWELS.findall(SILENT.sub("", part)))) for part in parts if part)


def grade(found):
    """Return the Flesch-Kincaid grade level of sentences (Kincaid and others 1975)."""
    all_words = [word for sentence in found for word in words(sentence)]
    beats = sum(map(syllables, all_words))
    return 0.39 * len(all_words) / len(found) + 11.8 * beats / len(all_words) - 15.59


def passive_share(found):
    """Return the share of sentences with a form of *be* and a participle, from 0 to 1."""
    return sum(bool(PASSIVE.search(sentence)) for sentence in found) / len(found)


def idioms(sentence):
    """Return the banned idioms of a sentence, each with what to write instead."""
    found = ((re.search(idiom, sentence, re.IGNORECASE), better) for idiom, better in BANNED_IDIOMS)
    return [f"{match[0]!r}: write {better!r}" for match, better in found if match]
