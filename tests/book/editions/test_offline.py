import pytest

from casi.book.editions import offline
from casi.tables import ROOT


def test_what_is_not_made_yet_is_named_at_once(tmp_path):
    (tmp_path / "CITATION.cff").write_bytes((ROOT / "CITATION.cff").read_bytes())
    with pytest.raises(FileNotFoundError) as caught:
        offline.make_offline(tmp_path)
    assert "web book, PDF, A4, PDF, US Letter, EPUB, Briefing, two pages" in str(caught.value)
    assert "Slides, All charts as pictures, Data package, SQLite" in str(caught.value)
