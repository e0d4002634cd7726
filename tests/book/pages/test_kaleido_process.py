import io
import json
import sys

import pytest

from casi.book.pages import kaleido_process

FIRST_STANDS_STILL = """
import json, pathlib, sys, time
[job], _ = json.load(sys.stdin)
tries = pathlib.Path(job["path"]).with_name("tries")
tries.write_text((tries.read_text() if tries.exists() else "") + "x")
if len(tries.read_text()) < {tries}:
    time.sleep(60)
pathlib.Path(job["path"]).write_text("drawn")
print("[]")
"""


@pytest.fixture
def browser(monkeypatch, tmp_path):
    """Return a stand-in for the drawing process that stands still until it was tried often."""

    def stand_in(code):
        monkeypatch.setattr(kaleido_process, "STILL", 1)
        monkeypatch.setattr(kaleido_process, "COMMAND", (sys.executable, "-c", code))
        return [{"path": str(tmp_path / "picture"), "fig": {}, "opts": {}}]

    return stand_in


def test_draw_files_begins_again_where_nothing_comes(browser, tmp_path):
    jobs = browser(FIRST_STANDS_STILL.format(tries=2))
    assert kaleido_process.draw_files(jobs, {}) == []
    assert (tmp_path / "tries").read_text() == "xx"
    assert (tmp_path / "picture").read_text() == "drawn"


def test_draw_files_says_so_when_nothing_ever_comes(browser, tmp_path):
    with pytest.raises(RuntimeError, match=f"stood still {kaleido_process.TRIES} times"):
        kaleido_process.draw_files(browser(FIRST_STANDS_STILL.format(tries=99)), {})
    assert len((tmp_path / "tries").read_text()) == kaleido_process.TRIES


def test_draw_files_tells_what_went_wrong(browser):
    assert kaleido_process.draw_files(browser("print('[\"a fault\"]')"), {}) == ["a fault"]
    assert kaleido_process.draw_files(browser("raise SystemExit(3)"), {}) == [
        "the drawing ended with 3"
    ]


def test_main_hands_jobs_to_kaleido(monkeypatch, capsys, tmp_path):
    asked = {}
    monkeypatch.setattr(
        kaleido_process.kaleido,
        "write_fig_from_object_sync",
        lambda jobs, **options: asked.update(options, jobs=jobs) or [ValueError("no")],
    )
    asking = json.dumps([[{"path": str(tmp_path), "fig": {}}], {"n": 2}])
    monkeypatch.setattr(kaleido_process.sys, "stdin", io.StringIO(asking))
    kaleido_process.main()
    assert asked["jobs"] == [{"path": tmp_path, "fig": {}}] and asked["kopts"] == {"n": 2}
    assert json.loads(capsys.readouterr().out) == ["no"]
