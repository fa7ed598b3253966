"""Chromium opens the page as a file, offline; whatever it should not do fails the test."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from browser.explorer import Browser, Open


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def open_page(chromium: "Browser", tmp_path: Path) -> "Iterator[Open]":
    """Opens the text of a page in a context of its own and waits until its script has started."""
    from browser.explorer import Explorer

    opened: list[Explorer] = []

    def opening(text: str, **options: Any) -> Explorer:
        file = tmp_path / f"page-{len(opened)}.html"
        file.write_text(text, encoding="utf-8")
        usual = {"viewport": {"width": 1280, "height": 800}, "timezone_id": "Asia/Tokyo", "locale": "en-US"}
        context = chromium.new_context(offline=True, **(usual | options))
        context.set_default_timeout(5_000)
        explorer = Explorer(context, file)
        opened.append(explorer)
        explorer.open()
        return explorer

    yield opening
    for explorer in opened:
        explorer.context.close()
    for explorer in opened:
        assert explorer.requests == [explorer.file.as_uri()] * explorer.times_opened
        assert explorer.faults == []
