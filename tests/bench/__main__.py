"""How long things take, as ratios of what they are made of: `make bench`, or `make bench SECTIONS="peers hosts"`.

Each section is a module of its own name and is printed as a table for BENCHMARKS.md. What is compared is measured by
turns in the same run, so that a busy machine slows it alike. Seconds differ from machine to machine; judge the ratios.
"""

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

from bench.table import machine, say, show

SECTIONS = ("builds", "edits", "growth", "drawings", "preview", "imports", "words", "hosts", "peers")


def main() -> None:
    """Measure the sections asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"any of: {', '.join(SECTIONS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and a sample, to see that it works")
    given = parser.parse_args()
    if unknown := set(given.sections) - set(SECTIONS):
        parser.error(f"there is no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    load = f" Load before: {os.getloadavg()[0]:.1f}." if hasattr(os, "getloadavg") else ""
    print(f"{machine()}{load}\n", flush=True)  # noqa: T201
    for name in given.sections or SECTIONS:
        say(f"{name}:")
        with tempfile.TemporaryDirectory(prefix=f"yearbook-bench-{name}-") as folder:
            for table in import_module(f"bench.{name}").measure(Path(folder), given.quick):
                show(table)


if __name__ == "__main__":
    main()
