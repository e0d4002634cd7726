"""Find the browser that draws charts as pictures, or install it."""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = ("chromium", "fonts-dejavu-core")  # a font with every letter of the report
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "no Chromium found to draw charts as pictures: install it (on Debian or Ubuntu, apt-get "
    "install chromium; elsewhere Chrome will do) or name it with BROWSER_PATH=/path/to/chromium"
)


class NoBrowser(RuntimeError):
    """Raised if no browser is found; the message says how to get one."""

    def __init__(self):
        """Write the message."""
        super().__init__(ADVICE)


def find_browser() -> str:
    """Return the path of the browser: `BROWSER_PATH`, or else the first one installed.

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
    """Return True if a browser is installed."""
    try:
        find_browser()
    except NoBrowser:
        return False
    return True


def ensure_browser() -> bool:
    """Install Chromium with apt if it is missing; return True if a browser is installed."""
    if not has_browser() and not os.environ.get("BROWSER_PATH"):
        install("Chromium to draw the charts as pictures", *PACKAGES)
    return has_browser()


def install(what: str, *packages: str) -> None:
    """Install packages with apt, if this user may.

    Args:
        what: purpose of the packages, for the message.
        packages: names of Debian packages.
    """
    prefix = _apt_prefix()
    if prefix is None:
        return
    print(f"Installing {what} ...", flush=True)
    install_packages = ["install", "--yes", "--no-install-recommends", *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], install_packages):
        subprocess.run([*prefix, "apt-get", "-qq", *command], capture_output=True, env=environment)


def _apt_prefix() -> list[str] | None:
    """Return what precedes apt-get: nothing, or sudo without password; None if not allowed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None
