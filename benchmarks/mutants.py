"""Measure how many deliberate faults of the code its own unit tests notice: `make mutants`.

Cosmic Ray lists every place of `casi/` outside `casi/book/` where one of the `CHANGES` can be made.
They are those that mutmut makes, each operator turned into its opposite or its neighbour, and run
in decorated functions too, where mutmut makes none. A random sample of these mutants is tested,
each with the tests of its own module only. `benchmarks/harmless_mutants.toml` names the survivors
that change nothing a reader or a caller could notice.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import current_process
from pathlib import Path

from cosmic_ray.commands import init as list_mutants
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parent.parent
HARMLESS = Path(__file__).with_name("harmless_mutants.toml")
LEAST = 0.9  # share of the mutants that are not harmless which tests must notice
TIMEOUT = 300  # seconds for the tests of one module; a mutant may run for ever
PYTEST = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]

ARITHMETIC = ["Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "Mod_Div", "Pow_Mul"]
SETS = ["BitAnd_BitOr", "BitOr_BitAnd", "BitXor_BitAnd"]
COMPARISONS = [
    "Eq_NotEq",
    "NotEq_Eq",
    "Lt_LtE",
    "LtE_Lt",
    "Gt_GtE",
    "GtE_Gt",
    "Is_IsNot",
    "IsNot_Is",
]
OTHERS = [
    *("AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse"),
    *("ReplaceFalseWithTrue", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *("NumberReplacer", "RemoveDecorator", "ExceptionReplacer", "ZeroIterationForLoop"),
    *(f"ReplaceUnaryOperator_{name}" for name in ("USub_UAdd", "Delete_Not", "Delete_Invert")),
]
CHANGES = {
    *(f"core/ReplaceBinaryOperator_{name}" for name in ARITHMETIC + SETS),
    *(f"core/ReplaceComparisonOperator_{name}" for name in COMPARISONS),
    *(f"core/{name}" for name in OTHERS),
}

Change = tuple[str, str, str]  # file, line before, line after


def code() -> list[Path]:
    """Return the modules outside `casi/book/` that hold a function, relative to the repository."""
    paths = [path.relative_to(ROOT) for path in sorted((ROOT / "casi").rglob("*.py"))]
    return [
        path
        for path in paths
        if "book" not in path.parts and "def " in (ROOT / path).read_text("utf-8")
    ]


def own_tests(module: Path) -> Path | None:
    """Return the tests of a module, or those of its package where it has none of its own."""
    mirror = Path("tests", *module.parts[1:-1])
    own = mirror / f"test_{module.stem}.py"
    if (ROOT / own).is_file():
        return own
    return mirror if len(mirror.parts) > 1 and (ROOT / mirror).is_dir() else None


def mutants(paths: list[Path]) -> list[MutationSpec]:
    """Return every mutant of some modules, in a fixed order.

    Type hints, the sign of keyword-only arguments and the guard of `__main__` are left as they are.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        use_db(f"{folder}/mutants.sqlite", WorkDB.Mode.create) as database,
    ):
        list_mutants(paths, database, {})
        found = [mutation for item in database.work_items for mutation in item.mutations]
    left_out = {path: not_run(ROOT / path) for path in paths}
    found = [
        mutant
        for mutant in found
        if mutant.operator_name in CHANGES
        and not any(start <= mutant.start_pos < end for start, end in left_out[mutant.module_path])
    ]
    return sorted(found, key=lambda mutant: (mutant.module_path, mutant.start_pos, *named(mutant)))


def named(mutant: MutationSpec) -> tuple[str, int]:
    """Return what tells the mutants of one place apart."""
    return mutant.operator_name, mutant.occurrence


def not_run(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return start and end, as line and column, of what `mutants` leaves as it is in a module."""
    text = path.read_text(encoding="utf-8")
    nodes: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg | ast.AnnAssign):
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            nodes.append(node.returns)
        elif isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            nodes.append(node.test)
    keyword_only = [
        ((number, match.start()), (number, match.end()))
        for number, line in enumerate(text.splitlines(), start=1)
        for match in re.finditer(r"\*,", line)
    ]
    return keyword_only + [
        ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        for node in nodes
        if node
    ]


def copy_report(folder: Path) -> None:
    """Copy the files of the repository, as they are now, into a folder."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def enter_copy(sound: Path) -> None:
    """Give a process its own copy of the report to change."""
    folder = sound.with_name(current_process().name)
    shutil.copytree(sound, folder)
    os.chdir(folder)


def survives(mutant: MutationSpec) -> Change | None:
    """Test a mutant; return its file and its line before and after if no test notices it."""
    tests = own_tests(mutant.module_path)
    result = mutate_and_test([mutant], " ".join([*PYTEST, "-n", "0", str(tests)]), TIMEOUT)
    if result.test_outcome is None or result.is_killed:
        return None
    lines = (result.diff or "").splitlines()
    before = [line[1:].strip() for line in lines if line.startswith("-") and line[1:3] != "--"]
    after = [line[1:].strip() for line in lines if line.startswith("+") and line[1:3] != "++"]
    return mutant.module_path.as_posix(), " ".join(before).strip(), " ".join(after).strip()


def test_all(sample: list[MutationSpec]) -> Iterator[Change | None]:
    """Test mutants on every core; yield for each the change, or None if a test notices it.

    Raises:
        SystemExit: if a test fails before anything is changed.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        sound = Path(name) / "sound"
        copy_report(sound)
        tests = sorted({str(own_tests(mutant.module_path)) for mutant in sample})
        command = [*PYTEST, "-n", "auto", "--dist", "worksteal", *tests]
        run = subprocess.run(command, cwd=sound, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{run.stdout}Nothing measured: these tests fail on the unchanged code.")
        with ProcessPoolExecutor(initializer=enter_copy, initargs=(sound,)) as pool:
            for tested in as_completed([pool.submit(survives, mutant) for mutant in sample]):
                yield tested.result()


def report(results: Iterable[Change | None], harmless: list[dict[str, str]]) -> int:
    """Print each survivor and the score; return the exit code, 1 under the required share.

    The score is the share of killed mutants among those that are not harmless.
    """
    total = killed = excused = 0
    for total, change in enumerate(results, start=1):
        if change is None:
            killed += 1
        else:
            reason = next((entry["reason"] for entry in harmless if fits(entry, change)), None)
            excused += reason is not None
            file, before, after = change
            print(f"{file}\n  - {before}\n  + {after}\n  {reason or 'NOT NOTICED'}", flush=True)
        print(f"{killed} of {total} killed", end="\r", file=sys.stderr)
    score = killed / (total - excused)
    print(
        f"{killed} of {total} mutants killed, {excused} harmless: {score:.1%}, {LEAST:.0%} required"
    )
    return int(score < LEAST)


def fits(entry: dict[str, str], change: Change) -> bool:
    """Return whether an entry of the list of harmless mutants is about a change.

    An entry names a file and either the line before and after or, as a regular expression, lines
    in which every change is harmless.
    """
    if "lines" in entry:
        return entry["file"] == change[0] and bool(re.fullmatch(entry["lines"], change[1]))
    return (entry["file"], entry["before"], entry["after"]) == change


def listed() -> list[dict[str, str]]:
    """Return the list of harmless mutants.

    Raises:
        SystemExit: naming an entry whose line is not in its file any more.
    """
    entries = tomllib.loads(HARMLESS.read_text(encoding="utf-8"))["mutant"]
    for entry in entries:
        lines = (ROOT / entry["file"]).read_text(encoding="utf-8").splitlines()
        if not any(
            fits(entry, (entry["file"], line.strip(), entry.get("after", ""))) for line in lines
        ):
            sys.exit(f"{HARMLESS.name}: {entry['file']} has no line as in {entry}")
    return entries


def main() -> int:
    """Test a random sample of mutants; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=200, help="how many mutants to test")
    parser.add_argument("--seed", type=int, default=1, help="of the random sample")
    parser.add_argument("modules", nargs="*", type=Path, help="only these, such as casi/text.py")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    every = mutants([path for path in chosen.modules or code() if own_tests(path)])
    sample = random.Random(chosen.seed).sample(every, min(chosen.sample, len(every)))
    print(f"{len(sample)} of {len(every)} mutants, seed {chosen.seed}", file=sys.stderr)
    if untested := [str(path) for path in code() if not own_tests(path)]:
        print(f"Left out, without tests of their own: {', '.join(untested)}", file=sys.stderr)
    return report(test_all(sample), listed())


if __name__ == "__main__":
    sys.exit(main())
