"""Build the book after each save and reload the browser: `python -m casi.book.build.watch`.

sphinx-autobuild and livereload write an inline script into each page, which the content security
policy of our pages forbids. Here the script is a file of the same site, which the policy allows.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from casi.book.run import forks
from casi.book.run.fingerprint import INPUTS, PAGES, ROOT, fingerprint

PORT = 8000
SETTLED = 0.2  # seconds without a change after which a save is complete
ALIVE = 10  # seconds between messages that show whether the browser is still connected
SCRIPT = """const seen = new URL(document.currentScript.src).search;
new EventSource("/builds" + seen).onmessage = () => location.reload();
"""


class Builds:
    """Counts builds, and wakes threads that wait for the next one."""

    def __init__(self) -> None:
        """Start at zero."""
        self.count = 0
        self._changed = threading.Condition()

    def publish(self) -> None:
        """Count a build."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def after(self, seen: int) -> bool:
        """Wait up to `ALIVE` seconds for another build than those seen; return True if it came."""
        with self._changed:
            return self._changed.wait_for(lambda: self.count > seen, ALIVE)


class Handler(SimpleHTTPRequestHandler):
    """Serves the book, each page with a script that reloads it."""

    def __init__(self, *args, builds: Builds, **kwargs) -> None:
        """Serve a folder."""
        self._builds = builds
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer a request."""
        address = urlsplit(self.path)
        path = Path(self.translate_path(address.path))
        page = path / "index.html" if address.path.endswith("/") else path
        if address.path == "/reload.js":
            self._send("text/javascript", SCRIPT)
        elif address.path == "/builds":
            self._report(int(address.query or 0))
        elif page.suffix == ".html" and page.is_file():
            script = f'<script src="/reload.js?{self._builds.count}" defer></script></head>'
            text = page.read_text(encoding="utf-8").replace("</head>", script, 1)
            self._send("text/html; charset=utf-8", text)
        else:
            super().do_GET()

    def log_message(self, *args) -> None:
        """Print nothing for a request."""

    def _send(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(text.encode())

    def _report(self, seen: int) -> None:
        self._send("text/event-stream", ":\n\n")
        try:
            while not self._builds.after(seen):
                self.wfile.write(b":\n\n")
            self.wfile.write(b"data: built\n\n")
        except OSError:
            return  # the browser has disconnected


def serve(book: Path, builds: Builds, port: int) -> ThreadingHTTPServer:
    """Serve a book to this machine only, in threads that end with this process."""
    handler = partial(Handler, directory=str(book), builds=builds)
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def saves(root: Path) -> Iterator[None]:
    """Yield at once, and again after each change of the files of a book."""
    built = None
    while True:
        now = fingerprint(root, INPUTS + PAGES)
        time.sleep(SETTLED)
        if now != built and now == fingerprint(root, INPUTS + PAGES):
            yield
            built = now


def build(forked: forks.Forks | None) -> int:
    """Build the book in a fork, or without one in a new process; return the exit code."""
    if forked:
        try:
            return forked.run(ROOT, "casi.book.build")
        except (OSError, ValueError):  # the process that forks has ended, and has said why
            pass
    return subprocess.run([sys.executable, "-m", "casi.book.build"]).returncode


def main() -> int:
    """Build, serve and watch the book until interrupted; return the exit code."""
    builds = Builds()
    try:
        server = serve(ROOT / "_build" / "html", builds, PORT)
    except OSError as error:
        print(f"Port {PORT} cannot be used ({error}): stop what uses it", file=sys.stderr)
        return 1
    print(f"Watching; the book is at http://127.0.0.1:{server.server_port}/ (end with Ctrl-C)")
    forked = forks.start()
    try:
        for _ in saves(ROOT):
            if build(forked) == 0:
                builds.publish()
    except KeyboardInterrupt:
        server.server_close()
    if forked:
        forked.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
