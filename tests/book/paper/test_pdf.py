import os
import sys

import pytest

from casi.book.paper import pdf, typeset
from casi.tables import ROOT


def test_main_refuses_a_size_it_does_not_know(capsys):
    assert pdf.main(["a4", "a5"]) == 2
    assert "a4|letter" in capsys.readouterr().err


def test_without_pango_make_pdf_says_how_to_get_it(monkeypatch, tmp_path):
    class Missing:
        def find_spec(self, name, *_):
            if name == "casi.book.paper.typeset":
                raise OSError("cannot load library 'libpango'")

    monkeypatch.setattr(pdf.build, "sphinx", lambda *_: tmp_path)
    monkeypatch.delitem(sys.modules, "casi.book.paper.typeset", raising=False)
    monkeypatch.delattr("casi.book.paper.typeset", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(RuntimeError, match="apt-get install libpango"):
        pdf.make_pdf(tmp_path)


def test_sizes_are_set_at_once_in_processes_of_their_own(monkeypatch, tmp_path):
    """`assemble`, `set_pages`: the text is assembled once, and all files are offered at the end."""
    offered = []
    monkeypatch.setattr(pdf, "assemble", lambda root: root / "singlehtml")
    monkeypatch.setattr(pdf.archives, "data_package", lambda root, ours: root / "data.zip")
    monkeypatch.setattr(typeset, "write_pdf", lambda *given: (os.getpid(), given[2]))
    monkeypatch.setattr(pdf.downloads, "offer", lambda *given: offered.append(given))
    (first, a4), (second, letter) = pdf.make_pdfs(ROOT, ["a4", "letter"])
    assert (first, a4, letter) == (os.getpid(), "A4", "letter") and second != first
    assert len(offered) == 1
