"""Write an empty draft: `python -m casi.intake exercise`, `make new KIND=exercise`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from casi.intake.kinds import KINDS, template
from casi.tables import ROOT


def new(kind: str, folder: Path = ROOT / "intake") -> Path:
    """Write an empty draft of a kind under a name that is free, and return its path."""
    folder.mkdir(exist_ok=True)
    names = (f"{kind}{'' if number == 1 else f'-{number}'}.yaml" for number in count(1))
    path = next(folder / name for name in names if not (folder / name).exists())
    path.write_text(template(kind, f"intake/{path.name}"), encoding="utf-8")
    return path


def main(arguments: list[str]) -> int:
    """Write a draft and say where; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in KINDS:
        print(f"Name a kind: make new KIND={{{','.join(KINDS)}}}", file=sys.stderr)
        return 2
    path = new(arguments[0])
    print(f"Fill in intake/{path.name}, then: .venv/bin/python -m casi.checks intake/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
