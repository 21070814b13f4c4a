"""Work is shared out among copies of the process, or done here where it cannot be."""

import os
import subprocess
import sys

import pytest

from yearbook.parallel import FEW, share_out

SHARED_OUT = """
import os
from yearbook.parallel import share_out
kept = {"read": 2}  # what a copy has without being told
made = list(share_out(lambda number: (number * kept["read"], os.getpid()), range(100), workers=2))
assert [product for product, _ in made] == [2 * number for number in range(100)]
print(len({process for _, process in made} - {os.getpid()}))
"""


def run(script: str) -> str:
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the work is done in one process")
def test_copies_of_the_process_know_what_it_knows_and_answer_in_order() -> None:
    assert run(SHARED_OUT) in ("1", "2")  # on a busy machine one copy may have done all before the other began


def test_little_work_is_done_here() -> None:
    assert list(share_out(lambda _: os.getpid(), range(FEW), workers=4)) == [os.getpid()] * FEW


def test_where_a_copy_might_hang_the_work_is_done_here() -> None:
    assert run(f"import vl_convert{SHARED_OUT}") == "0"
    assert (
        run(f"import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(){SHARED_OUT}")
        == "0"
    )


def test_what_the_work_raises_is_raised() -> None:
    script = """
from yearbook.parallel import share_out
try:
    list(share_out(lambda number: 1 // (60 - number), range(100), workers=2))
except ZeroDivisionError:
    print("raised")
"""
    assert run(script) == "raised"
