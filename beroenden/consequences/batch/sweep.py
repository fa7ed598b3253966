"""Many chunks on one or several processes, in order, with progress and a clean stop."""

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

from beroenden.consequences.batch.chunk import BatchModel, run_chunk, warm
from beroenden.consequences.batch.results import Results
from beroenden.engine.batch.scenarios import Scenarios, Series
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.consequences.batch.cluster import Cluster

Progress = Callable[[int, int], None]
"""Told after each chunk how many scenarios are done, of how many."""

_AHEAD = 3
"""Chunks a process that wait or are worked on, so that memory does not grow with the number of scenarios."""


@dataclass(slots=True)
class Sweep:
    """The results of a series, chunk by chunk in its order; it is gone through once.

    A first Ctrl-C ends it after the chunk at hand, with `is_partial` set; a second one is the ordinary interrupt.
    The results are the same on any number of processes, and on a cluster.

    Attributes:
        model: The network made ready.
        series: The scenarios.
        processes: 1 runs them here. More are started afresh: a script must then keep its own work under
            `if __name__ == "__main__"`.
        progress: Told after each chunk how many scenarios are done, of how many.
        cluster: Runs them instead, when given; the chunk at hand is then not waited for after Ctrl-C.
        done: Scenarios done so far.
        is_partial: Whether it was stopped before all were done.
    """

    model: BatchModel
    series: Series
    processes: int = 1
    progress: Progress | None = None
    cluster: "Cluster | None" = None
    done: int = field(default=0, init=False)
    is_partial: bool = field(default=False, init=False)
    _is_stopped: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[tuple[Scenarios, Results]]:
        """The chunks with their results."""
        if self.cluster is None:
            warm(self.model)  # here, so that Ctrl-C also ends the compiling, and other processes find the code on disk
        with _interrupts(self._stop):
            for scenarios, results in self._chunks():
                self.done += len(scenarios)
                if self.progress:
                    self.progress(self.done, self.series.count)
                yield scenarios, results
                if self._is_stopped:
                    break
        self.is_partial = self.done < self.series.count

    def _stop(self) -> None:
        self._is_stopped = True

    def _chunks(self) -> Iterator[tuple[Scenarios, Results]]:
        if self.cluster is not None:
            return self.cluster.run(self.model, self.series, lambda: self._is_stopped)
        if self.processes > 1:
            return _on_processes(self.model, self.series, self.processes)
        return ((scenarios, run_chunk(self.model, scenarios)) for scenarios in self.series)


@contextmanager
def _interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """Turn a first Ctrl-C into a stop; only the main thread is told of one."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        stop()

    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _on_processes(
    model: BatchModel, series: Iterable[Scenarios], processes: int
) -> Iterator[tuple[Scenarios, Results]]:
    waiting: deque[tuple[Scenarios, Future[Results]]] = deque()
    if sys.platform == "win32":
        processes = min(processes, 61)  # Windows waits for no more at once; the results are the same
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (model,))
    try:
        chunks = iter(series)
        for scenarios in islice(chunks, _AHEAD * processes):
            waiting.append((scenarios, pool.submit(_run, scenarios)))
        while waiting:
            scenarios, future = waiting.popleft()
            results = future.result()
            for following in islice(chunks, 1):
                waiting.append((following, pool.submit(_run, following)))
            yield scenarios, results
    except BrokenProcessPool as error:
        raise UsageError(
            say(
                "En av processerna dog. Räkna på färre, om minnet tog slut. Ett eget skript ska ha sitt arbete under "
                'if __name__ == "__main__".',
                "One of the processes died. Compute on fewer, if memory ran out. A script of your own must have its work "
                'under if __name__ == "__main__".',
            )
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_model: BatchModel | None = None
"""The model of a worker process, sent to it once."""


def _begin(model: BatchModel) -> None:
    global _model
    _model = model
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one decides


def _run(scenarios: Scenarios) -> Results:
    if _model is None:
        raise RuntimeError("a worker begins with a model")
    return run_chunk(_model, scenarios)
