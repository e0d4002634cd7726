"""Find the browser that draws charts as pictures, and get it where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = ("chromium", "fonts-dejavu-core")  # the letters of every name in the report
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "no Chromium found to draw charts as pictures: install it (on Debian or Ubuntu, apt-get "
    "install chromium; elsewhere Chrome will do) or name it with BROWSER_PATH=/path/to/chromium"
)


class NoBrowser(RuntimeError):
    """No browser is found; the message says how to get one."""

    def __init__(self):
        """Give the advice."""
        super().__init__(ADVICE)


def find_browser() -> str:
    """Return the path of the browser: that of `BROWSER_PATH`, else the first found.

    Raises:
        NoBrowser: if there is none.
    """
    named = os.environ.get("BROWSER_PATH")
    found = filter(None, map(shutil.which, [named] if named else NAMES))
    path = next(found, None)
    if path is None:
        raise NoBrowser
    return path


def has_browser() -> bool:
    """Tell whether there is a browser."""
    try:
        find_browser()
    except NoBrowser:
        return False
    return True


def ensure_browser() -> bool:
    """Install Chromium with apt where there is none and we may; tell whether a browser is there."""
    if not has_browser() and not os.environ.get("BROWSER_PATH"):
        install("Chromium to draw the charts as pictures", *PACKAGES)
    return has_browser()


def install(what: str, *packages: str) -> None:
    """Install packages with apt, where we may.

    Args:
        what: what they are for, in words.
        packages: their names in Debian.
    """
    may = _right_to_install()
    if may is None:
        return
    print(f"Installing {what} ...", flush=True)
    wanted = ["install", "--yes", "--no-install-recommends", *packages]
    silent = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], wanted):
        subprocess.run([*may, "apt-get", "-qq", *command], capture_output=True, env=silent)


def _right_to_install() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks for no password."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0
    return [sudo, "-n"] if allowed else None
