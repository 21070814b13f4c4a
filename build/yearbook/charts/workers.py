"""Drawing by several processes at once. They are spawned: a fork after vl-convert's first conversion hangs for ever.

None outlives the command: a worker ends when the process that started it does, and Ctrl-C, which a terminal sends to
all of them, is for that one to act on.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

FEW = 8
"""As many images are drawn in this process: starting workers takes about as long as drawing these."""

_Task = TypeVar("_Task")


def draw_all(
    draw: Callable[[_Task], bytes],
    tasks: Sequence[_Task],
    workers: int | None = None,
    prepare: Callable[[], None] | None = None,
) -> Iterator[tuple[_Task, bytes]]:
    """Each task with the image that `draw`, a function of a module, makes of it; in order, as they are made.

    `workers` is how many processes draw, by default one a core; `prepare` is called in each before it draws.
    """
    workers = min(workers or os.cpu_count() or 1, len(tasks))
    if len(tasks) <= FEW or workers == 1:
        if prepare is not None and tasks:
            prepare()
        for task in tasks:
            yield task, draw(task)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, spawn, initializer=_begin, initargs=(prepare,)) as pool:
        with _interrupts_kept_back():
            images = pool.map(draw, tasks, chunksize=4)  # starts the workers, which inherit what is kept back
        try:
            yield from zip(tasks, images, strict=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # whoever stops half way waits for what is under way alone


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
