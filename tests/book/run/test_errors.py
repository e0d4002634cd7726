import errno
import sqlite3

import pytest

from casi.book.run.errors import find_full_disk

FULL = "No space left on device"


def test_a_full_disk_is_found_with_what_could_not_be_written():
    assert find_full_disk(OSError(errno.ENOSPC, FULL, "page.html")) == "page.html"
    assert find_full_disk(OSError(errno.ENOSPC, FULL, "from.js", None, "to.js")) == "to.js"
    assert find_full_disk(OSError(errno.EDQUOT, "Disk quota exceeded")) == "a file"


def test_a_full_disk_is_found_among_the_causes_of_an_error():
    with pytest.raises(RuntimeError) as raised:
        try:
            raise OSError(errno.ENOSPC, FULL, "page.html")
        except OSError as error:
            raise RuntimeError("build failed") from error
    assert find_full_disk(raised.value) == "page.html"


def test_a_full_disk_is_found_in_a_database(tmp_path):
    database = sqlite3.connect(tmp_path / "a.db")
    database.execute("pragma max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as raised:
        database.execute("create table a (b)")
    assert find_full_disk(raised.value) == "the cache of outputs"


def test_other_errors_are_no_full_disk():
    assert find_full_disk(OSError(errno.ENOENT, "No such file", "page.html")) == ""
    assert find_full_disk(sqlite3.ProgrammingError("closed")) == ""
    assert find_full_disk(None) == ""
