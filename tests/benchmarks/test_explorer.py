"""Speed of the interactive page, beside stock pyvis. Run by name: `.venv/bin/python -m pytest tests/benchmarks`.

Nothing is asserted about time. Figures of the browser are in `extra_info`, in milliseconds unless said.
"""

from statistics import median

import pytest
from browser.explorer import chromium_started
from browser.pages import CLEARING, outcome_of, soes
from generator import layered_model

import beroenden
from beroenden.language import writing_in
from beroenden.views.explorer.page import page

SIZES = {3000: 3.4, 10_000: 3.4}  # entities: mean number of providers; three thousand have ten thousand needs
GIVE_UP = 20  # seconds
READY = """
new MutationObserver(() => {
  if (document.documentElement?.dataset.ready && !window.readyAt) {
    window.readyAt = performance.now();
    requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
  }
}).observe(document, { attributes: true, subtree: true });
"""
OPENED = """async () => {
  while (!window.drawnAt) await new Promise((next) => setTimeout(next, 10));
  const paint = performance.getEntriesByType("paint").find(({ name }) => name === "first-contentful-paint");
  const [opened] = performance.getEntriesByType("navigation");
  return { paint: paint.startTime, ready: window.readyAt, drawn: window.drawnAt, load: opened.loadEventEnd };
}"""
STEPS = """async () => {
  const slider = document.getElementById("time");
  const [first, last, count] = [Number(slider.min), Number(slider.max), 60];
  const taken = [];
  for (let step = 1; step <= count; step += 1) {
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const began = performance.now();
    slider.value = first + ((last - first) * step) / count;
    slider.dispatchEvent(new Event("input"));
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    taken.push(performance.now() - began);
  }
  return taken;
}"""
PAN = """async () => {
  const canvas = document.querySelector("canvas");
  const { left, top, width, height } = canvas.getBoundingClientRect();
  let [x, y] = [left + width / 2, top + height / 2];
  const send = (type, to) => to.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, button: type === "pointermove" ? -1 : 0, buttons: 1,
    clientX: x, clientY: y,
  }));
  const before = canvas.toDataURL();
  send("pointerdown", canvas);
  const began = performance.now();
  let frames = 0;
  while (performance.now() - began < 2000) {
    x += frames % 60 < 30 ? 4 : -4;
    send("pointermove", window);
    await new Promise((next) => requestAnimationFrame(next));
    frames += 1;
  }
  const seconds = (performance.now() - began) / 1000;
  x += 37;
  send("pointermove", window);
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  const moved = canvas.toDataURL() !== before;
  send("pointerup", window);
  return { frames: frames / seconds, moved };
}"""
SETTLED = """
let kept;
Object.defineProperty(window, "network", { configurable: true, get: () => kept, set(network) {
  kept = network;
  window.pyvis = {};
  for (const event of ["stabilizationIterationsDone", "stabilized"]) {
    network.once(event, () => { window.pyvis[event] = performance.now(); });
  }
} });
"""


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all."""
    with chromium_started() as started:
        yield started


def _network(size):
    network, findings = beroenden.build(layered_model(size, needs_each=SIZES[size]))
    assert network is not None, findings
    return network


def _outcome(network):
    return beroenden.simulate(network, [{"entity": "e7", "start": "2026-12-16T08:00", "for": "24h"}]).to_dict()


def _pages():
    """The pages to open, by name."""
    with writing_in("sv"):
        yield "soes", page(soes(), outcome_of(CLEARING).to_dict())
        for size in SIZES:
            network = _network(size)
            yield str(size), page(network, _outcome(network))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The pages as files."""
    folder = tmp_path_factory.mktemp("pages")
    written = {name: folder / f"{name}.html" for name in ("soes", "3000", "10000")}
    for name, text in _pages():
        written[name].write_text(text, encoding="utf-8")
    return written


def _open(browser, file, script=READY):
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    context.add_init_script(script)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.goto(file.as_uri(), wait_until="commit")
    return opened


def test_page_of_soes(benchmark):
    """With an outcome; wanted under 3 MB."""
    outcome = outcome_of(CLEARING).to_dict()
    text = benchmark.pedantic(lambda: page(soes(), outcome), rounds=5, warmup_rounds=1)
    benchmark.extra_info["megabytes"] = len(text.encode()) / 1e6


@pytest.mark.parametrize("played", [False, True], ids=["plain", "outcome"])
def test_page_of_three_thousand(benchmark, played):
    """Three thousand entities with ten thousand needs; wanted under 2 s."""
    network = _network(3000)
    outcome = _outcome(network) if played else None
    text = benchmark.pedantic(lambda: page(network, outcome), rounds=3)
    benchmark.extra_info["needs"] = sum(len(entity.needs) for entity in network.entities)
    benchmark.extra_info["megabytes"] = len(text.encode()) / 1e6


@pytest.mark.parametrize("name", ["soes", "3000", "10000"])
def test_page_opens(benchmark, browser, files, name):
    """First paint wanted under 1.5 s with 3 000; ready under 0.5 s for soes; 10 000 drawn under 5 s."""
    found = []

    def opening():
        opened = _open(browser, files[name])
        found.append(opened.evaluate(OPENED))
        opened.context.close()

    benchmark.pedantic(opening, rounds=5, warmup_rounds=1)
    for what in ("paint", "ready", "drawn", "load"):
        benchmark.extra_info[what] = round(median(one[what] for one in found[1:]))


@pytest.mark.parametrize("grouping", ["auto", "none"])
@pytest.mark.parametrize("name", ["soes", "3000"])
def test_slider_and_pan(benchmark, browser, files, name, grouping):
    """A step wanted under 60 ms in the middle, until it is drawn; a pan of two seconds at 30 frames a second or more."""
    opened = _open(browser, files[name])
    opened.evaluate(OPENED)
    opened.locator("#grouping").select_option(grouping)
    taken = benchmark.pedantic(lambda: opened.evaluate(STEPS), rounds=1)
    panned = opened.evaluate(PAN)
    assert panned["moved"]
    benchmark.extra_info |= {
        "step": round(median(taken)),
        "step at most": round(max(taken)),
        "frames a second": round(panned["frames"]),
    }
    opened.context.close()


@pytest.mark.parametrize("name", ["soes", "3000"])
def test_stock_pyvis_for_comparison(benchmark, browser, tmp_path, name):
    """pyvis' own page with its physics and the network blocked; -1: not within twenty seconds."""
    from pyvis.network import Network

    network = soes() if name == "soes" else _network(int(name))
    picture = Network(directed=True, cdn_resources="in_line")
    for entity in network.entities:
        picture.add_node(entity.id, label=entity.name)
    for entity in network.entities:
        for provider in {one for need in entity.needs for one in need.providers}:
            picture.add_edge(provider, entity.id)
    file = tmp_path / "pyvis.html"
    file.write_text(benchmark.pedantic(picture.generate_html, rounds=1), encoding="utf-8")
    opened = _open(browser, file, SETTLED)
    seen = {}
    for _ in range(GIVE_UP * 2):
        opened.wait_for_timeout(500)
        seen = opened.evaluate("window.pyvis || {}")
        if len(seen) == 2 or opened.evaluate("performance.now()") > 1000 * GIVE_UP:
            break
    benchmark.extra_info["drawn"] = round(seen.get("stabilizationIterationsDone", -1))
    benchmark.extra_info["settled"] = round(seen.get("stabilized", -1))
    opened.context.close()
