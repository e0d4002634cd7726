import shutil
import subprocess
import sys

import nbformat

from casi.book.run.store import store
from casi.tables import ROOT


def test_a_final_semicolon_hides_a_result_from_make_chapters_and_from_nbval(
    tmp_path, write_chapter
):
    write_chapter(tmp_path, "1;", "'a';  # a comment", "2")
    path = tmp_path / "chapters" / "one.ipynb"
    store(path)
    assert [len(cell.outputs) for cell in nbformat.read(path, 4).cells[1:]] == [0, 0, 1]
    shutil.copy(ROOT / "conftest.py", tmp_path)
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", path]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
