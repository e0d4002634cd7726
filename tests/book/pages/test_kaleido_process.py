import io
import json
import sys

import pytest

from casi.book.pages import kaleido_process

FIRST_HANGS = """
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
    """Return a function that replaces Kaleido by some code; it returns the jobs."""

    def stand_in(code):
        monkeypatch.setattr(kaleido_process, "TIMEOUT", 1)
        monkeypatch.setattr(kaleido_process, "COMMAND", (sys.executable, "-c", code))
        return [{"path": str(tmp_path / "picture"), "fig": {}, "opts": {}}]

    return stand_in


def test_a_process_that_hangs_is_restarted(browser, tmp_path, capsys):
    jobs = browser(FIRST_HANGS.format(tries=2))
    assert kaleido_process.draw_files(jobs, {}) == []
    assert (tmp_path / "tries").read_text() == "xx"
    assert "for 1 s; restarting it (attempt 2 of 3)" in capsys.readouterr().out
    assert (tmp_path / "picture").read_text() == "drawn"


def test_a_process_that_hangs_every_time_is_an_error(browser, tmp_path):
    with pytest.raises(RuntimeError, match=f"hung {kaleido_process.ATTEMPTS} times"):
        kaleido_process.draw_files(browser(FIRST_HANGS.format(tries=99)), {})
    assert len((tmp_path / "tries").read_text()) == kaleido_process.ATTEMPTS


def test_draw_files_returns_the_error_messages(browser):
    assert kaleido_process.draw_files(browser("print('[\"a fault\"]')"), {}) == ["a fault"]
    assert kaleido_process.draw_files(browser("raise SystemExit(3)"), {}) == [
        "Kaleido ended with exit code 3"
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
