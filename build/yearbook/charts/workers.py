"""Drawing by several processes at once. They are spawned: a fork after vl-convert's first conversion hangs for ever."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
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
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=prepare) as pool:
        yield from zip(tasks, pool.map(draw, tasks, chunksize=4), strict=True)
