"""A draft of an exercise, made up for the tests."""

EXERCISE = """\
cite: [interfax20260105bm]
sources:
  - key: testnews20260510
    author: Test News
    title: Rescue units at Otar
    url: https://example.org/otar
    published: 2026-05-10
    kind: press
    language: en
    independence_group: testnews
exercises:
  exercise: otar-rescue-2026
  name: Otar-Rescue-2026
  frame: five
  kind: rescue
  date_start: 2026-05-09
  date_end: 2026-05-10
  date_precision: day
  place: Otar, Kazakhstan
  location: otar-kaz
  host: KAZ
  status: held
  participants_complete: true
  note: Rescue units of both
    states.
  confidence: low
participation:
  - state: KAZ
    level: contingent
    role: host
  - state: KGZ
    level: contingent
    role: member
    confidence: high
    source: testnews20260510
"""
