"""The watch over the page is awake: each thing that must not happen is seen when it does."""

from pathlib import Path

from browser.explorer import Browser, Explorer
from browser.pages import small_page

FAULTS = {
    "request": "fetch('https://example.invalid/').catch(() => 0)",
    "error": "setTimeout(() => { throw new Error('no') })",
    "warning": "console.warn('no')",
    "dialog": "setTimeout(() => alert('no'))",
    "script": "document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 1' }))",
    "image": "document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.invalid/a' }))",
}


def test_each_fault_is_seen(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(small_page(), encoding="utf-8")
    explorer = Explorer(chromium.new_context(offline=True), file)
    explorer.open()
    assert (explorer.requests, explorer.faults) == ([file.as_uri()], [])
    for name, script in FAULTS.items():
        explorer.requests.clear()
        explorer.faults.clear()
        explorer.page.evaluate(f"() => {{ {script} }}")
        explorer.page.wait_for_timeout(100)
        assert explorer.faults or explorer.requests, name
        assert name != "script" or "Content Security Policy" in " ".join(explorer.faults)
    explorer.context.close()
