import errno
import hashlib
import subprocess

import pytest

from casi.book.build import command


def test_receipt_names_size_time_memory_and_checksum(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"a" * 1_400_000)
    monkeypatch.setattr(command.time, "monotonic", lambda: 130.4)
    line = command.receipt(tmp_path / "a", started=100)
    assert "1.4 MB, made in 30 s with " in line
    assert line.endswith("sha256 " + hashlib.sha256(b"a" * 1_400_000).hexdigest())


def test_run_prints_a_receipt(tmp_path, capsys):
    (tmp_path / "a").write_bytes(b"a")
    assert command.run("PDF", lambda: tmp_path / "a") == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'a'}: 0.0 MB, made in ")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (subprocess.CalledProcessError(1, "jupyter-book"), "see the warnings above"),
        (RuntimeError("no glyph"), "no glyph"),
        (FileNotFoundError("not made yet: EPUB"), "not made yet: EPUB"),
        (
            OSError(errno.ENOSPC, "No space left on device", "a.pdf"),
            "the disk is full, so a.pdf was not written; an older one is unchanged",
        ),
    ],
)
def test_run_says_why_nothing_was_made(capsys, error, message):
    def fail():
        raise error

    assert command.run("PDF", fail) == 1
    assert capsys.readouterr().err == f"The PDF was not made: {message}\n"


def test_run_raises_other_errors_of_the_system():
    def fail():
        raise PermissionError("a.pdf")

    with pytest.raises(PermissionError):
        command.run("PDF", fail)
