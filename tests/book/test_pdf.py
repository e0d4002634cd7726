import subprocess

import pytest

from casi.book import pdf


def test_main_refuses_a_size_it_does_not_know(capsys):
    assert pdf.main(["a5"]) == 2
    assert "a4|letter" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (subprocess.CalledProcessError(1, "jupyter-book"), "see the warnings above"),
        (RuntimeError("no glyph"), "no glyph"),
        (OSError("cannot load library 'libpango'"), "apt-get install libpango"),
    ],
)
def test_main_says_why_nothing_was_made(monkeypatch, capsys, error, said):
    def fail(**_):
        raise error

    monkeypatch.setattr(pdf, "make_pdf", fail)
    monkeypatch.setattr(pdf.gc, "disable", lambda: None)
    assert pdf.main([]) == 1
    assert said in capsys.readouterr().err
