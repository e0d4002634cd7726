import base64
import json

import pytest

BODY = """<html><body><section id="index-summary"><h1>Summary</h1>
<p><strong>How far?</strong></p>
<p><strong>The answer.</strong> Not  far.</p>
<figure id="fig-map"><figcaption><p><span class="caption-number">Figure 1 </span>
<span class="caption-text">A map</span></p><div class="casi-measure"><p>Borders</p></div>
</figcaption><img src="charts/fig-map.svg" alt="A map of two borders." />
<div class="casi-notes"><p>Source: ours.</p></div></figure>
<section id="index-find"><div class="casi-findings docutils"><ul>
<li><p><strong>5 of 7</strong> Five are settled.
(<a href="#fig-map"><span>Figure 1</span></a>)</p></li>
<li><p><strong>3%</strong> Few (of many) came.
(<a href="#tab-few"><span>Table 2.1</span></a>)</p></li>
</ul></div></section>
<section id="index-watch"><ul><li><p><strong>A treaty.</strong> Not yet.</p></li></ul></section>
</section>
<section id="more"><ol><li><p><strong>Five are settled.</strong> One was last
(<a href="#fig-map">Figure 1</a>, <a href="#tab-few">Table 2</a>).</p></li></ol></section>
</body></html>"""
BRIEF = {"findings": 1, "charts": ["fig-map"], "watch": "index-watch", "note": "From tables."}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><style>:root{--c0:#5E0A33;}'
SVG += "@media (prefers-color-scheme:dark){:root{--c0:#FFFFFF;}}</style>"
SVG += '<rect width="9" height="9" style="fill: var(--c0)"/></svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def printed(tmp_path):
    """A printed book of one page, with a chart, two findings and a list of what to watch."""
    (tmp_path / "charts").mkdir()
    for name in ("fig-map.svg", "fig-map-narrow.svg"):
        (tmp_path / "charts" / name).write_text(SVG)
    (tmp_path / "charts" / "fig-map.png").write_bytes(PNG)
    (tmp_path / "body.html").write_text(BODY)
    (tmp_path / "book.json").write_text(json.dumps({"question": "How far?", "brief": BRIEF}))
    return tmp_path
