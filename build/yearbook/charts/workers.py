"""Drawing by several processes at once. They begin anew: a copy made after vl-convert's first drawing may hang."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from yearbook.parallel import run

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
    if len(tasks) > FEW and workers > 1:
        yield from zip(tasks, run("spawn", draw, tasks, workers, 4, prepare), strict=True)
        return
    if prepare is not None and tasks:
        prepare()
    for task in tasks:
        yield task, draw(task)
