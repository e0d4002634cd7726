import subprocess

import pytest

from casi.book.pages import browser


@pytest.fixture
def machine(monkeypatch):
    """A machine on which nothing is installed and every command is noted."""
    ran, installed = [], {}
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(browser.shutil, "which", installed.get)

    def run(command, **_):
        ran.append(command)
        if "install" in command:
            installed["chromium"] = "/usr/bin/chromium"
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(browser.subprocess, "run", run)
    return ran, installed


def test_find_browser_takes_the_one_that_is_named(monkeypatch, machine):
    machine[1].update({"chromium": "/usr/bin/chromium", "/opt/chrome": "/opt/chrome"})
    assert browser.find_browser() == "/usr/bin/chromium"
    monkeypatch.setenv("BROWSER_PATH", "/opt/chrome")
    assert browser.find_browser() == "/opt/chrome"


def test_without_a_browser_the_advice_says_how_to_get_one(machine):
    assert not browser.has_browser()
    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        browser.find_browser()


def test_ensure_browser_installs_it_where_it_may(monkeypatch, machine):
    ran, installed = machine
    installed["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    assert browser.ensure_browser()
    assert [command[:1] for command in ran] == [["apt-get"], ["apt-get"]]
    assert "chromium" in ran[1]


def test_ensure_browser_asks_for_no_password(monkeypatch, machine):
    ran, installed = machine
    installed.update({"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"})
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    assert browser.ensure_browser()
    assert ran[0] == ["/usr/bin/sudo", "-n", "true"]
    assert all(command[:2] == ["/usr/bin/sudo", "-n"] for command in ran)


def test_ensure_browser_gives_way_where_it_may_not(monkeypatch, machine):
    assert not browser.ensure_browser()
    machine[1]["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    assert not browser.ensure_browser()
    assert machine[0] == []


def test_ensure_browser_never_overrides_the_one_that_is_named(monkeypatch, machine):
    machine[1]["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chrome")
    assert not browser.ensure_browser()
    assert machine[0] == []
