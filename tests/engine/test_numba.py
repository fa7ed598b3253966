"""The kernel compiles with numba as it stands and gives the same, bit for bit. Skipped where numba is not installed."""

import inspect
import sys
from types import ModuleType

import pytest

import beroenden
from beroenden.engine import kernel, operators, single
from beroenden.engine.compiled import compiled
from beroenden.model.scenario import Outage, Pin

ENTITIES = [
    {"id": "a"},
    {"id": "e"},
    {"id": "b", "needs": [{"provider": "a", "endurance": "4h", "restart": "30min"}]},
    {"id": "c", "needs": [{"provider": "a", "endurance": [["4h", 1.0], ["8h", 0.4]], "floor": 0.1}]},
    {"id": "d", "needs": [{"any_of": ["a", "e"]}, {"shares": {"b": 0.7, "c": 0.3}}]},
    {"id": "x", "needs": [{"provider": "a"}, {"provider": "y", "endurance": "1h", "restart": "2h"}]},
    {"id": "y", "needs": [{"provider": "x", "restart": "1h"}]},
]


def functions(module: ModuleType) -> list[str]:
    """Names of the functions that a module defines."""
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    ]


@pytest.mark.sweep
@pytest.mark.filterwarnings("ignore")
def test_the_compiled_kernel_gives_the_same(monkeypatch):
    numba = pytest.importorskip("numba")
    numpy = pytest.importorskip("numpy")
    network, _ = beroenden.build(
        {"model": {"name": "m"}, "entity": [{"kind": "system", **entity} for entity in ENTITIES]}
    )
    net = compiled(network)
    outages, pins = [Outage(480, 1200, "a"), Outage(2000, 2100, "y", remaining=0.5)], [Pin("c", 0.7, 900, 1000)]
    plain = single.solve(net, outages, pins, 5000)
    for name in functions(operators):
        jitted = numba.njit(getattr(operators, name))
        monkeypatch.setattr(operators, name, jitted)
        if hasattr(kernel, name):
            monkeypatch.setattr(kernel, name, jitted)
    for name in functions(kernel):
        monkeypatch.setattr(kernel, name, numba.njit(getattr(kernel, name)))
    assert as_arrays(numpy, net, outages, pins) == plain.by_number
    assert "numba" in sys.modules


def as_arrays(numpy, net, outages, pins):
    """What the compiled kernel makes of arrays."""

    def column(values, real=False):
        return numpy.array(values, dtype=numpy.float64 if real else numpy.int64)

    real = {4, 5, 9}  # weight, floor, step_level
    columns = tuple(column(values, index in real) for index, values in enumerate(single._columns(net)))
    rows = sorted((net.number[one.entity], one.start, one.end, one.remaining) for one in outages)
    hit = tuple(column(values, index == 3) for index, values in enumerate(zip(*rows, strict=True)))
    rows = [(net.number[one.entity], one.start, one.end, one.level) for one in pins]
    pinned = tuple(column(values, index == 3) for index, values in enumerate(zip(*rows, strict=True)))
    count = len(net.ids)
    begin, size, own_begin, own_size = (column([0] * count) for _ in range(4))
    times, values = column([0] * 4096), column([0] * 4096, real=True)
    pool = (times, values, column([0] * 4096), column([0] * 64), column([0] * 64, real=True))
    order = column(
        single._whole_components(net, single.reach(net, [row for row, *_ in zip(hit[0].tolist(), strict=True)]))
    )
    components = tuple(column(one) for one in (net.component, net.component_start, net.cyclic))
    assert kernel.solve(columns, order, components, hit, pinned, pool, (begin, size), (own_begin, own_size), 5000) > 0
    found = {}
    for number in range(count):
        if size[number]:
            part = slice(begin[number], begin[number] + size[number])
            found[number] = single.Steps(tuple(times[part].tolist()), tuple(values[part].tolist()))
    return found
