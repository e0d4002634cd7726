import sys

import pytest

from casi.book.paper import pdf


def test_main_refuses_a_size_it_does_not_know(capsys):
    assert pdf.main(["a5"]) == 2
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
