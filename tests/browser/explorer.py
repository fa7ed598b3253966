"""The page as a reader meets it: where things stand on the screen, what is read and pressed."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

try:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, expect, sync_playwright
except ImportError:
    pytest.skip("no Playwright; it comes with the extra `test`", allow_module_level=True)

__all__ = ["Browser", "Explorer", "Open", "chromium_started", "expect"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
BUTTONS = 34  # pixels that the buttons take above the map
LARGEST = 1.1  # scale
TITLES = 104  # height of the titles of columns
DRAWN = "for (const _ of [1, 2]) await new Promise((next) => requestAnimationFrame(next));"


@contextmanager
def chromium_started() -> Iterator[Browser]:
    """The browser that CHROMIUM names or that is found on the PATH; the test is skipped where there is none."""
    program = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed, and CHROMIUM is not set")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Explorer:
    """A page that is open, with all that it has asked for and complained of.

    Attributes:
        requests: Addresses asked for.
        faults: Console messages of level error or warning, uncaught errors, dialogs and downloads.
    """

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.context, self.file = context, file
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.times_opened = 0
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("dialog", self._asked)
        context.on("page", lambda page: page.on("download", lambda _: self.faults.append("download")))
        self.page = context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self) -> None:
        """Open the file (anew) and wait until its script has started."""
        self.times_opened += 1
        self.page.goto(self.file.as_uri())
        self.page.locator("html[data-ready]").wait_for(state="attached")

    def __call__(self, selector: str, **options: Any) -> Locator:
        return self.page.locator(selector, **options)

    def text(self, selector: str) -> str:
        """What is read there, in one line with ordinary spaces; it must be visible."""
        return " ".join(self.page.locator(selector).filter(visible=True).inner_text().split())

    def texts(self, selector: str) -> list[str]:
        """What is read in each, in document order."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def press(self, name: str, within: str = "body") -> None:
        """Press the button of that name."""
        self.page.locator(within).get_by_role("button", name=name, exact=True).click()

    def list_after(self, heading: str) -> list[str]:
        """The items of the list under a heading of the panel."""
        return self.texts(f"#chosen h3:text-is('{heading}') + * > li")

    def find(self, words: str) -> None:
        """Choose the first thing that the search suggests for some words."""
        self.page.locator("#find").fill(words)
        self.page.keyboard.press("Enter")

    # ---- on the map ----

    @property
    def data(self) -> Any:
        """The page's data block."""
        return self.page.evaluate("JSON.parse(document.getElementById('data').textContent)")

    def at(self, place: tuple[float, float], right: float, bottom: float) -> tuple[float, float]:
        """Where a place of the whole map lies in the map's element, in pixels, as `wholeMap()` in map.js has it."""
        wide, high = self.page.evaluate("[map.clientWidth, map.clientHeight]")
        scale = min(LARGEST, wide / (right + 40), (high - BUTTONS) / (bottom + TITLES + 34))
        x, y = right / 2, (bottom - TITLES) / 2 + 8 - BUTTONS / 2 / scale
        return wide / 2 + (place[0] - x) * scale, high / 2 + (place[1] - y) * scale

    def click_at(self, place: tuple[float, float], clicks: int = 1) -> None:
        """Click at a place in the map's element."""
        self.page.locator("#map").click(position={"x": place[0], "y": place[1]}, click_count=clicks)

    def drawn(self) -> str:
        """The picture on the canvas."""
        return str(
            self.page.evaluate(f"async () => {{ {DRAWN} return document.querySelector('#map canvas').toDataURL() }}")
        )

    def colours(self) -> Mapping[str, int]:
        """How many pixels of the map have each colour, as "178,24,43"."""
        return self.page.evaluate(
            "async () => {"
            + DRAWN
            + """
              const canvas = document.querySelector("#map canvas");
              const copy = new OffscreenCanvas(canvas.width, canvas.height);
              const context = copy.getContext("2d", { willReadFrequently: true });
              context.drawImage(canvas, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              const found = {};
              for (let at = 0; at < data.length; at += 4) {
                const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
                if (data[at + 3] === 255) found[colour] = (found[colour] || 0) + 1;
              }
              return found;
            }"""
        )


Open = Callable[..., Explorer]
"""Opens the text of a page; what else is given goes to the browser's context."""
