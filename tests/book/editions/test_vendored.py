"""Files of other projects: listed with their origin and licence, and unchanged."""

import io
import json
import re
import tarfile
from hashlib import sha256

import pytest
from plotly import offline

from casi.book.editions import vendored
from casi.tables import ROOT

FONT, CODE = b"a font", b"a script"


def archive(files):
    """Return an npm package that holds files, given by path."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


@pytest.fixture
def tree(tmp_path):
    """A repository with one script from npm, one font from elsewhere and their licence."""
    files = {"casi/book/static/code.min.js": CODE, "casi/book/fonts/font.woff": FONT}
    for name, content in {**files, "licence.txt": b"free"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    sums = {name: sha256(content).hexdigest() for name, content in files.items()}
    common = {"version": "1.2.3", "licence": "MIT", "licence_file": "licence.txt"}
    sources = {"casi/book/static/code.min.js": "package/dist/code.js"}
    listed = [
        {"name": name, "origin": origin, **common}
        | {"files": [{"path": path, "source": sources.get(path, "f"), "sha256": sums[path]}]}
        for name, origin, path in [
            ("@scope/code", "npm", "casi/book/static/code.min.js"),
            ("Font", "https://fonts.example", "casi/book/fonts/font.woff"),
        ]
    ]
    (tmp_path / vendored.MANIFEST).write_text(json.dumps(listed))
    return tmp_path


def npm(content):
    """Return a registry that serves one package, with the addresses asked for."""
    asked = []

    def get(address):
        asked.append(address)
        return archive({"package/dist/code.js": content})

    return get, asked


def test_files_are_those_that_the_list_names():
    assert vendored.faults(ROOT) == []


def test_plotly_is_the_version_that_the_package_expects():
    bundles = [each for each in vendored.packages(ROOT) if each.name.startswith("plotly.js")]
    assert {each.version for each in bundles} == {offline.get_plotlyjs_version()}


def test_each_licence_names_its_holder():
    for package in vendored.packages(ROOT):
        assert re.search(r"copyright|©", (ROOT / package.licence_file).read_text("utf-8"), re.I)


def test_a_changed_a_missing_and_an_unlisted_file_are_faults(tree):
    assert vendored.faults(tree) == []
    (tree / "casi/book/static/code.min.js").write_bytes(b"other")
    (tree / "casi/book/fonts/font.woff").rename(tree / "casi/book/fonts/new.woff")
    (tree / "licence.txt").unlink()
    found = "\n".join(vendored.faults(tree))
    assert re.search(r"^casi/book/static/code.min.js: not the file", found, re.MULTILINE)
    assert re.search(r"^casi/book/fonts/font.woff: missing", found, re.MULTILINE)
    assert re.search(r"^casi/book/fonts/new.woff: not listed", found, re.MULTILINE)
    assert found.count("licence.txt: missing") == 2


def test_the_archive_of_the_listed_version_is_compared(tree):
    get, asked = npm(CODE)
    assert vendored.differences(tree, get) == []
    assert asked == ["https://registry.npmjs.org/@scope/code/-/code-1.2.3.tgz"]


def test_a_file_that_npm_serves_otherwise_is_a_difference(tree):
    [found] = vendored.differences(tree, npm(b"other")[0])
    assert found.startswith("casi/book/static/code.min.js: differs from @scope/code 1.2.3")


def test_a_file_that_the_archive_lacks_is_named(tree):
    with pytest.raises(KeyError, match=r"package/dist/code\.js"):
        vendored.differences(tree, lambda address: archive({"package/other.js": CODE}))


def test_renewing_writes_what_npm_serves_and_its_checksum(tree):
    vendored.renew(tree, npm(b"newer")[0])
    assert (tree / "casi/book/static/code.min.js").read_bytes() == b"newer"
    assert (tree / "casi/book/fonts/font.woff").read_bytes() == FONT
    assert vendored.faults(tree) == []


def test_the_wheel_carries_the_list_and_the_licences():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"casi.book" = ["vendored.json", "licences/*"]' in text


def test_a_command_that_is_not_known_is_refused(capsys):
    assert vendored.main(["chek"]) == 2
    assert "check|renew" in capsys.readouterr().err
