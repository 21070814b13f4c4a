"""Projects to build: the repository's own, and the same with more areas."""

import csv
import re
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BARE, QUICK_HTML = "bare.yml", "quick-html.yml"
"""Settings without our hook, so that MkDocs prints what is staged and no more: as it comes, and with our extension."""


def lay_out_project(root: Path, *, with_drawings: bool = False) -> Path:
    """A copy of the repository's data and words, with settings for a bare MkDocs beside its own.

    `with_drawings` takes those along that the repository has kept, so that the first build is not of all of them.
    """
    for folder in ("data", "content", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    if with_drawings and (REPOSITORY / ".cache").exists():
        shutil.copytree(REPOSITORY / ".cache", root / ".cache")
    (root / "staging").mkdir()  # where MkDocs looks for pages before our hook has made any
    (root / "build").mkdir()
    shutil.copy(REPOSITORY / "build" / "mkdocs_hook.py", root / "build")
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    plain = re.sub(r"(?m)^hooks:.*\n", "", settings)
    (root / QUICK_HTML).write_text(plain, encoding="utf-8")
    (root / BARE).write_text(plain.replace("  - yearbook.raw_blocks\n", ""), encoding="utf-8")
    return root


def multiply_areas(project: Path, times: int) -> int:
    """Repeat every organisation below England under new codes until there are `times` as many; how many there are."""
    for path in (project / "data/organisations.csv", *(project / "data/releases").glob("*.csv")):
        head, *rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        copied = [row for row in rows if row[0] != "england" and row[1] != "UNKNOWN"]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
            for number in range(2, times + 1):
                writer.writerows([row[0], f"{row[1]}-{number}", *row[2:]] for row in copied)
    with (project / "data/organisations.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in file) - 1
