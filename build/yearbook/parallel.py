"""Work shared out among several processes.

Either they are copies of this one, which begin with everything that has been read and computed so far, so that nothing
is read again or handed over but the results; or they begin anew. Where a process cannot be copied (Windows, macOS), or
must not be, that work is done here, with the same results: after vl-convert has drawn in this process a copy of it may
hang, and so may one made while other threads run.

None outlives the command: a worker ends when the process that started it does, and Ctrl-C, which a terminal sends to
all of them, is for that one to act on.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

FEW = 16
"""So few pieces of work are done at once in this process: to copy it takes as long."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_work: Callable[[int], Any] | None = None


def share_out(
    work: Callable[[_Given], _Made], given: Sequence[_Given], workers: int | None = None, few: int = FEW
) -> list[_Made]:
    """What `work` makes of each of `given`, in order; by as many copies of this process as there are `workers`.

    `workers` is by default one a core, and no copy is made for fewer pieces than `few`. `work` may be any function, and
    what it changes outside itself is lost. Raises what it raises.
    """
    global _work
    workers = min(workers or os.cpu_count() or 1, len(given) // few)
    if workers < 2 or not _can_copy():
        return [work(one) for one in given]
    _work = lambda number: work(given[number])  # noqa: E731 - the copies know it by this name
    chunk = max(1, min(32, len(given) // (8 * workers)))
    try:
        with warnings.catch_warnings():
            # Python warns of every thread of the process, those that numpy keeps for its own sums too.
            warnings.simplefilter("ignore", DeprecationWarning)
            return list(run("fork", _call, range(len(given)), workers, chunk))
    finally:
        _work = None


def run(
    how: Literal["fork", "spawn"],
    work: Callable[[_Given], _Made],
    given: Sequence[_Given],
    workers: int,
    chunk: int,
    prepare: Callable[[], None] | None = None,
) -> Iterator[_Made]:
    """What `work`, a function of a module, makes of each of `given`, in order, as it is made.

    `how` says how the processes begin, `chunk` how much is handed to one at a time; `prepare` is called in each first.
    """
    begin = multiprocessing.get_context(how)
    with ProcessPoolExecutor(workers, begin, initializer=_begin, initargs=(prepare,)) as pool:
        with _interrupts_kept_back():
            made = pool.map(work, given, chunksize=chunk)  # starts the workers, which inherit what is kept back
        try:
            yield from made
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # whoever stops half way waits for what is under way alone
            raise


def _can_copy() -> bool:
    has_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return has_fork and "vl_convert" not in sys.modules and threading.active_count() == 1


def _call(number: int) -> Any:
    assert _work is not None  # noqa: S101 - a copy is made while there is work
    return _work(number)


@contextmanager
def _interrupts_kept_back() -> Iterator[None]:
    """Keep Ctrl-C back from this thread meanwhile, and for good from the processes it starts, where a system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(prepare: Callable[[], None] | None) -> None:
    """What a worker does first."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one. A worker whose parent was killed would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
