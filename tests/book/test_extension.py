from unittest.mock import Mock

from casi.book import extension
from casi.tables import ROOT


def test_setup_hooks_into_every_step_of_the_build():
    app = Mock(srcdir=ROOT)
    assert not extension.setup(app)["parallel_read_safe"]  # pointers are noted in one process
    events = {call.args[0] for call in app.connect.call_args_list}
    assert {"config-inited", "doctree-read", "env-updated", "html-collect-pages"} <= events
