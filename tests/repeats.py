"""Whether the same inputs give the same bytes: the whole site built twice, in ways as unlike as one machine allows.

Run as a script (`make bench` does) it clones the repository into two folders, builds each in its own surroundings and
names every file that differs. What is not committed is not in a clone. The first build draws everything, the second
takes the drawings that the repository keeps; with --warm the first takes them too, but for every twentieth. The tests
in tests/reproducible/ do the same to a small project at every change.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]

# Started in place of the command: it lists folders in an order of its own, which file systems are free to do.
_COMMAND = """
import os, sys

class Listing:
    def __init__(self, found):
        self.found = iter(found)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.close()
    def close(self):
        self.found = iter(())

backwards, listdir, scandir = sys.argv.pop(1) == "backwards", os.listdir, os.scandir

def in_order(*given):
    return sorted(listdir(*given), reverse=backwards)

def scan_in_order(*given):
    with scandir(*given) as entries:
        return Listing(sorted(entries, key=lambda entry: entry.name, reverse=backwards))

os.listdir, os.scandir = in_order, scan_in_order
from yearbook.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a build must not depend on: the environment, the mask of new files, the workers, the order of a folder.

    `seed` decides when each input was last changed, as far as its file tells.
    """

    environment: dict[str, str] = field(default_factory=dict)
    mask: int = 0o022
    workers: int = 1
    order: str = "forwards"
    seed: int = 1


HERE = Surroundings(
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}, 0o022, 2
)
THERE = Surroundings(
    {
        "TZ": "America/Los_Angeles",
        **{"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},  # where text is ASCII
        **{"PYTHONHASHSEED": "4294967295", "SOURCE_DATE_EPOCH": "1234567890"},
    },
    0o077,
    1,
    "backwards",
    2,
)


def build_in(project: Path, surroundings: Surroundings, home: Path, *words: str, package: Path | None = None) -> None:
    """Build the project in the surroundings, `home` being the home folder. Raises RuntimeError with what it said.

    `package` is the folder to import Yearbook from; by default it is the one that the tests use.
    """
    chance = random.Random(surroundings.seed)  # noqa: S311 - the same times every time
    for folder in ("data", "content", "templates"):
        for path in sorted((project / folder).rglob("*")):
            os.utime(path, (moment := chance.uniform(10**9, 1.7 * 10**9), moment))
    dropped = ("TZ", "LC_ALL", "LANG", "PYTHONHASHSEED", "PYTHONUTF8", "SOURCE_DATE_EPOCH", "YEARBOOK_SITE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= surroundings.environment | {"HOME": str(home)}
    if package is not None:
        environment["PYTHONPATH"] = str(package)
    command = [sys.executable, "-c", _COMMAND, surroundings.order, "--project", str(project), "build", "--quiet"]
    command += ["--workers", str(surroundings.workers), "--site-url", "https://example.org/yearbook/", *words]
    done = subprocess.run(  # our own command, with words of our own
        command, cwd=home, env=environment, umask=surroundings.mask, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{project} could not be built:\n{done.stdout}{done.stderr}")


def differing(one: Path, other: Path) -> list[str]:
    """The paths of the files that are not the same, byte for byte, in both folders."""
    found = [
        {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    both = found[0].keys() & found[1].keys()
    changed = {path for path in both if found[0][path].read_bytes() != found[1][path].read_bytes()}
    return sorted((found[0].keys() ^ found[1].keys()) | changed)


def keep_drawings(project: Path, without: int = 0) -> None:
    """Give the project the drawings that the repository keeps; `without` leaves out every so many."""
    kept, given = REPOSITORY / ".cache" / "charts", project / ".cache" / "charts"
    given.mkdir(parents=True)
    for number, path in enumerate(sorted(kept.iterdir()) if kept.is_dir() else ()):
        if not without or number % without:
            shutil.copy(path, given)


def main() -> int:
    """Build the whole site twice and compare."""
    with tempfile.TemporaryDirectory(prefix="yearbook-repeats-") as folder:
        projects = {Path(folder) / "one" / "project": HERE, Path(folder) / "another" / "longer way" / "project": THERE}
        for project in projects:
            subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(project)], check=True)
        for project, surroundings in projects.items():
            if surroundings is THERE or "--warm" in sys.argv:
                keep_drawings(project, 0 if surroundings is THERE else 20)
            begun = time.perf_counter()
            build_in(project, surroundings, project.parent, "--compressed", package=project / "build")
            sys.stdout.write(f"built in {time.perf_counter() - begun:.0f} s: {surroundings}\n")
            sys.stdout.flush()
        sites = [project / "site" for project in projects]
        count = sum(1 for path in sites[0].rglob("*") if path.is_file())
        paths = differing(*sites)
        sys.stdout.write("".join(f"  differs: {path}\n" for path in paths))
        sys.stdout.write(f"{count:,} files, {len(paths):,} not the same in both\n")
        return 1 if paths else 0


if __name__ == "__main__":
    sys.exit(main())
