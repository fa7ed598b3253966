"""The page in the frame that a notebook gives it: sandboxed, and yet the map is drawn and can be used."""

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from notebooks.execution import NOTEBOOKS, outputs

if TYPE_CHECKING:
    from browser.explorer import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", NOTEBOOKS[:2], ids=lambda path: path.stem)
def test_the_stored_page_draws_its_map_without_a_complaint(path: Path, chromium: "Browser", tmp_path: Path) -> None:
    shown = [
        one.data["text/html"]
        for one in outputs(nbformat.read(path, as_version=4))
        if "data" in one and "text/html" in one.data
    ]
    [frame] = [html for html in shown if html.startswith("<iframe")]
    file = tmp_path / "notebook.html"
    file.write_text(f'<!doctype html><meta charset="utf-8"><title>notebook</title>{frame}', encoding="utf-8")
    context = chromium.new_context(offline=True, viewport={"width": 1100, "height": 800})
    page, faults, requests = context.new_page(), [], []
    context.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached", timeout=20_000)
    canvas = inner.locator("#map canvas").first
    canvas.wait_for(state="visible")
    colours = canvas.evaluate(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"
    )
    assert colours > 20
    assert faults == []
    assert [url for url in requests if not url.startswith(("file:", "about:", "data:"))] == []
    context.close()
