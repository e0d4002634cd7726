import socket
import threading
import urllib.request
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from casi.book.build import watch
from casi.book.pages.policy import with_policy

PAGE = '<html><head><meta charset="utf-8" /></head><body>TEXT</body></html>'


@pytest.fixture
def served(tmp_path):
    """A book of one page with the policy of ours, its builds and its address."""
    (tmp_path / "index.html").write_text(with_policy(PAGE))
    builds = watch.Builds()
    server = watch.serve(tmp_path, builds, port=0)
    yield tmp_path / "index.html", builds, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page_reloads_when_the_book_was_built_again(served, browser_path):
    page, builds, address = served
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        tab = browser.new_page()
        faults = []
        tab.on("console", lambda message: faults.append(message.text))
        tab.goto(address)
        page.write_text(with_policy(PAGE.replace("TEXT", "NEW")))
        assert tab.inner_text("body") == "TEXT"
        builds.publish()
        tab.get_by_text("NEW").wait_for()
        browser.close()
    assert [fault for fault in faults if "Content Security Policy" in fault] == []


def test_handler_leaves_the_page_itself_as_it_is(served):
    """`Handler` puts its script into what it sends."""
    page, _, address = served
    for way in ("", "index.html"):
        with urllib.request.urlopen(address + way) as answer:
            assert b'<script src="/reload.js?0" defer></script></head>' in answer.read()
    assert "reload" not in page.read_text()


def test_a_build_that_was_missed_is_reported_at_once(served, monkeypatch):
    monkeypatch.setattr(watch, "ALIVE", 0.01)
    _, builds, address = served
    assert not builds.after(0)
    builds.publish()
    with urllib.request.urlopen(address + "builds?0") as answer:
        assert b"data: built" in answer.read()


def test_saves_come_once_a_change_and_when_it_is_over(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "SETTLED", 0.05)
    (tmp_path / "index.md").write_text("1")
    coming = watch.saves(tmp_path)
    next(coming)
    waiting = threading.Thread(target=next, args=(coming,), daemon=True)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    (tmp_path / "index.md").write_text("2")
    waiting.join(10)
    assert not waiting.is_alive()


def test_saves_wait_until_nothing_changes_any_more(tmp_path, monkeypatch):
    seen = iter("122333")
    monkeypatch.setattr(watch, "SETTLED", 0)
    monkeypatch.setattr(watch, "fingerprint", lambda root, patterns: next(seen))
    next(watch.saves(tmp_path))
    assert list(seen) == []


@pytest.mark.parametrize(("code", "built"), [(0, 1), (1, 0)])
def test_main_publishes_what_was_built(monkeypatch, capsys, code, built):
    def two_saves(root):
        yield
        raise KeyboardInterrupt

    published = []
    monkeypatch.setattr(watch, "PORT", 0)
    monkeypatch.setattr(watch, "saves", two_saves)
    monkeypatch.setattr(watch.Builds, "publish", lambda self: published.append(self))
    forked = SimpleNamespace(run=lambda root, module: code, end=lambda: None)
    monkeypatch.setattr(watch.forks, "start", lambda: forked)
    assert watch.main() == 0
    assert len(published) == built
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_a_build_has_a_process_of_its_own_where_none_can_be_forked(monkeypatch):
    def run(root, module):
        raise BrokenPipeError

    monkeypatch.setattr(watch.subprocess, "run", lambda command: SimpleNamespace(returncode=7))
    assert watch.build(None) == 7
    assert watch.build(SimpleNamespace(run=run)) == 7


def test_main_says_so_if_the_port_is_taken(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(watch, "PORT", taken.getsockname()[1])
        assert watch.main() == 1
    assert "cannot be used" in capsys.readouterr().err
