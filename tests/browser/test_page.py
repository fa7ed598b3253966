"""The page in a real browser, opened as a file."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from views.models import hostile, large, small

from beroenden.consequences.simulate import simulate
from beroenden.views import page as page_module
from beroenden.views.page import page

pytestmark = pytest.mark.browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
    "--virtual-time-budget=3000",
    "--enable-logging=stderr",
)
COUNT_RED = """
requestAnimationFrame(() => setTimeout(() => {
  const canvas = document.querySelector("canvas");
  const points = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let red = 0;
  for (let at = 0; at < points.length; at += 4)
    if (points[at] === 0xb2 && points[at + 1] === 0x18 && points[at + 2] === 0x2b) red += 1;
  document.body.dataset.red = red;
}, 100));
"""
POWER = {"entity": "el", "start": "2026-12-17T06:00", "for": "20h"}


class Browser:
    """Chromium, started anew for each page."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self.console: list[str] = []

    def dom(self, text: str) -> str:
        """The document after its scripts have run."""
        file = self._folder / "page.html"
        file.write_text(text, encoding="utf-8")
        profile = f"--user-data-dir={self._folder / 'profile'}"
        command = [self._program, *_QUIET, profile, "--dump-dom", file.as_uri()]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
        self.console = re.findall(r"CONSOLE.*", done.stderr)
        return done.stdout


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """The browser of the machine; the test is skipped where there is none."""
    named = os.environ.get("CHROMIUM")
    program = named or next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(_NAMES)} is installed, and CHROMIUM is not set")
    return Browser(program, tmp_path)


def running(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let pages made from now on run a script of the test's own when they have started."""
    own = page_module._own
    monkeypatch.setattr(page_module, "_own", lambda name: own(name) + (script if name == "page.js" else ""))


def clicking(monkeypatch: pytest.MonkeyPatch, selector: str) -> None:
    """Let pages made from now on click on something when they have started."""
    running(monkeypatch, f"document.querySelector({selector!r}).click();")


def test_the_map_is_drawn_and_the_tables_are_there(browser: Browser) -> None:
    clearing = {"entity": "clearing", "start": "2026-12-17T06:00"}
    dom = browser.dom(page(small(), simulate(small(), [POWER, clearing]).to_dict()))
    assert dom.count("<canvas") == 1
    assert re.search(r"<tr><th scope=\"row\">Barnbidrag</th><td class=\"time\">fre 2026-12-18</td>", dom)
    assert re.search(r"Elnätet</button></th><td class=\"time\">✕ 0", dom)
    assert browser.console == []


def test_the_map_shows_harm_in_red(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, COUNT_RED)
    assert 'data-red="0"' in browser.dom(page(small()))
    assert re.search(r'data-red="[1-9]\d+"', browser.dom(page(small(), simulate(small(), [POWER]).to_dict())))


def test_choosing_a_payment_shows_its_stages(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    clicking(monkeypatch, "[data-payment]")
    dom = browser.dom(page(small()))
    assert '<div id="start" hidden="">' in dom
    assert re.search(
        r'<div id="chosen">.*<h2>Barnbidrag</h2>.*<li>Underlag<div><button[^>]*>Utbetalningssystemet<', dom
    )
    assert browser.console == []


def test_choosing_an_entity_shows_why_it_is_harmed(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    clicking(monkeypatch, "table [data-entity='fk-system']")
    dom = browser.dom(page(small(), simulate(small(), [POWER]).to_dict()))
    chosen = dom[dom.index('<div id="chosen">') :]
    assert re.search(r"<h2>Utbetalningssystemet</h2><p class=\"mark\">◐ 40.*Nedsatt</p>", chosen)
    assert re.search(r"<h3>Varför</h3><ol><li>Utbetalningssystemet.*<li>Driften.*<li>Elnätet", chosen)
    assert browser.console == []


@pytest.mark.parametrize("selector", ["h1", "[data-payment]", "table [data-entity='e0']", "table [data-entity='e1']"])
def test_hostile_names_do_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch, selector: str) -> None:
    clicking(monkeypatch, selector)
    dom = browser.dom(page(hostile(), simulate(hostile(), [{**POWER, "entity": "e0"}]).to_dict()))
    title = re.search(r"<title>(.*?)</title>", dom)
    assert title is not None
    assert title[1].startswith("&lt;/script&gt;&lt;script&gt;")
    assert dom.count("<script") == page(small()).count("<script")
    assert "<img" not in re.sub(r"<script.*?</script>", "", dom, flags=re.DOTALL)
    assert dom.count("<canvas") == 1
    assert browser.console == []


def test_three_hundred_entities_are_drawn(browser: Browser) -> None:
    dom = browser.dom(page(large(300, 1)))
    assert dom.count("<canvas") == 1
    assert browser.console == []
