"""Measure how many deliberate faults of the code its own unit tests notice: `make mutants`.

Cosmic Ray lists every place of `casi/` outside `casi/book/` where one of the `CHANGES` can be made.
They are those that mutmut makes, each operator turned into its opposite or its neighbour, and run
in decorated functions too, where mutmut makes none. A random sample of these mutants is tested,
each with the tests of its own module only, in a process that imports the changed code: no file is
changed. `benchmarks/harmless_mutants.toml` names the survivors that change nothing a reader or a
caller could notice. It runs where processes can fork: not on Windows.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import resource
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from types import CodeType

import networkx  # noqa: F401  imported once for all mutants, as are Plotly and pandas
import pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401
import pytest
from cosmic_ray.commands import init as list_mutants
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parent.parent
HARMLESS = Path(__file__).with_name("harmless_mutants.toml")
LEAST = 0.9  # share of the mutants that are not harmless which tests must notice
TIMEOUT = 60  # seconds of processor time for the tests of one module; a mutant may run for ever
OPTIONS = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-p", "no:nbval"]

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


def own_tests(module: Path) -> tuple[str, ...]:
    """Return the tests of a module, or those of its package where it has none of its own.

    They stand in `test_<module>.py` and, by topic, in `test_<module>_<topic>.py`.
    """
    mirror = Path("tests", *module.parts[1:-1])
    others = {path.stem for path in (ROOT / module).parent.glob(f"{module.stem}_*.py")}
    own = [
        (mirror / path.name).as_posix()
        for path in sorted((ROOT / mirror).glob(f"test_{module.stem}*.py"))
        if path.stem == f"test_{module.stem}" or path.stem.startswith(f"test_{module.stem}_")
        if not any(path.stem.startswith(f"test_{other}") for other in others)
    ]
    if own:
        return tuple(own)
    package = len(mirror.parts) > 1 and (ROOT / mirror).is_dir()
    return (mirror.as_posix(),) if package else ()


def mutants(paths: list[Path]) -> list[MutationSpec]:
    """Return every mutant of some modules, in a fixed order.

    Type hints, the sign of keyword-only arguments, what runs as `__main__` and `strict` of `zip`,
    where two things are equally long, are left as they are.
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
    nodes: list[ast.expr | ast.stmt | None] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg | ast.AnnAssign):
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            nodes.append(node.returns)
        elif isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            nodes.append(node)
        elif isinstance(node, ast.keyword) and node.arg == "strict":
            nodes.append(node.value)
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


class Mutated(SourceFileLoader):
    """Find one module, and load changed code for it."""

    def __init__(self, path: Path, code: str):
        """Take the file of the module and its changed code."""
        parts = path.with_suffix("").parts
        super().__init__(".".join(part for part in parts if part != "__init__"), str(ROOT / path))
        self.code = code

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return the specification of the module, None for any other."""
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        """Return the changed code, compiled."""
        return compile(self.code, self.path, "exec")


def changed(mutant: MutationSpec) -> tuple[str, str]:
    """Return the code of a module before and after its mutation."""
    code = (ROOT / mutant.module_path).read_text(encoding="utf-8")
    operator = get_operator(mutant.operator_name)(**mutant.operator_args)
    return code, mutate_code(code, operator, mutant.occurrence)


def fails(tests: tuple[str, ...], *hooks: Mutated) -> bool:
    """Run tests in a fork of this process, where libraries are imported; return whether one fails.

    Tests that run for longer than `TIMEOUT` fail.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT, TIMEOUT))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        sys.meta_path[:0] = hooks
        os._exit(pytest.main([*OPTIONS, *tests]))
    return bool(os.waitpid(child, 0)[1])


def survives(mutant: MutationSpec) -> Change | None:
    """Test a mutant; return its file and its lines before and after if no test notices it."""
    before, after = changed(mutant)
    if fails(own_tests(mutant.module_path), Mutated(mutant.module_path, after)):
        return None
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0))[2:]
    old, new = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return mutant.module_path.as_posix(), old.strip(), new.strip()


def test_all(sample: list[MutationSpec]) -> Iterator[Change | None]:
    """Test mutants on every core; yield for each the change, or None if a test notices it.

    Raises:
        SystemExit: if a test fails before anything is changed.
    """
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        tests = sorted({own_tests(mutant.module_path) for mutant in sample})
        if broken := [
            " ".join(name) for name, bad in zip(tests, pool.map(fails, tests), strict=True) if bad
        ]:
            sys.exit(f"Nothing measured: tests fail on the unchanged code: {', '.join(broken)}")
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
