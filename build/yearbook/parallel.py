"""Work shared out among copies of this process.

A copy begins with everything that has been read and computed so far, so nothing is read again or handed over but the
results. Where a process cannot be copied (Windows, macOS), or must not be, the work is done here, with the same
results: after vl-convert has drawn in this process a copy of it may hang, and so may one made while other threads run.
"""

import multiprocessing
import os
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

FEW = 16
"""So few pieces of work are done at once in this process: to copy it takes as long."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_work: Callable[[int], Any] | None = None


def share_out(work: Callable[[_Given], _Made], given: Sequence[_Given], workers: int | None = None) -> list[_Made]:
    """What `work` makes of each of `given`, in order; by as many copies of this process as there are `workers`.

    `workers` is by default one a core. `work` may be any function, and what it changes outside itself is lost. Raises
    what it raises.
    """
    global _work
    workers = min(workers or os.cpu_count() or 1, len(given) // FEW)
    if workers < 2 or not _can_copy():
        return [work(one) for one in given]
    _work = lambda number: work(given[number])  # noqa: E731 - the copies know it by this name
    try:
        with warnings.catch_warnings():
            # Python warns of every thread of the process, those that numpy keeps for its own sums too.
            warnings.simplefilter("ignore", DeprecationWarning)
            with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
                chunk = max(1, min(32, len(given) // (4 * workers)))
                return list(pool.map(_call, range(len(given)), chunksize=chunk))
    finally:
        _work = None


def _can_copy() -> bool:
    has_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return has_fork and "vl_convert" not in sys.modules and threading.active_count() == 1


def _call(number: int) -> Any:
    assert _work is not None  # noqa: S101 - a copy is made while there is work
    return _work(number)
