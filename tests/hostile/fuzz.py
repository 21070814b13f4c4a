"""Inputs grown by chance from good ones: nothing but a YearbookError with a message ever comes of them, and soon.

`PYTHONPATH=build:tests python -m hostile.fuzz --minutes 10 importer` looks for more, and keeps what fails in
`corpus/<target>/`, from where `test_corpus.py` tries it again.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from yearbook.claims.marks import unmark
from yearbook.claims.prose import read_prose
from yearbook.claims.quantities import find_quantities
from yearbook.errors import YearbookError
from yearbook.importing.crosswalks import read_crosswalks
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import read_published
from yearbook.importing.tidying import tidy, to_sheet
from yearbook.pages.commentary import read_commentary
from yearbook.pages.environment import commentary_environment, parse_commentary
from yearbook.years import FinancialYear

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
CROSSWALKS = read_crosswalks(REPOSITORY / "data" / "crosswalks")
SLOWEST = 5.0
"""Seconds of the processor that one input may take."""

PIECES = [
    b'"', b",", b"\n", b"\r", b"\0", b"{{", b"}}", b"{%", b"%}", b"---\n", b": ", b"- ", b"[", b"]", b"&a ", b"*a", b"!!int ",
    b"<!--", b"-->", b"<q>", b"1", b"1.5 per cent", b"one in four ", b"PK\x03\x04", b"\xff", b"\xe2\x80\xae", b"=", b"|", b"NULL",
    b"2019-20", b"'", b"#", b"\t", b" " * 50, b"(" * 50, b"\xef\xbb\xbf",
]  # fmt: skip


def try_importer(data: bytes, folder: Path) -> None:
    offered = folder / "main.csv"
    offered.write_bytes(data)
    table = read_published(offered)
    if table.kind == "main":
        log = ProblemLog()
        sheet = to_sheet(table, FinancialYear(2019), CROSSWALKS, log)
        log.raise_if_any()
        tidy(sheet, CROSSWALKS, (), log)


def try_front_matter(data: bytes, folder: Path) -> None:
    page = folder / "x.md"
    page.write_bytes(data)
    read_commentary(page, "content/posts/x.md")


def try_templates(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    template, problems = parse_commentary(commentary_environment(), text, "x.md", frozenset(("figure", "year")))
    if template is None:
        raise YearbookError(problems)
    try:
        template.render(figure=lambda *_, **__: "1", year="2019-20")
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:  # told by commentary
        raise YearbookError(str(error)) from error


def try_claims(data: bytes, folder: Path) -> None:
    for sentence in read_prose(unmark(data.decode("utf-8", "replace")), []):
        find_quantities(sentence.typed[:3000])


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    "importer": try_importer,
    "front_matter": try_front_matter,
    "templates": try_templates,
    "claims": try_claims,
}


def seeds(target: str) -> list[bytes]:
    if target == "importer":
        good = [path.read_bytes() for path in sorted((REPOSITORY / "tests/releases/good").glob("*/psych*.csv"))]
        return [b"".join(each.splitlines(keepends=True)[:12]) for each in good]
    return [path.read_bytes()[:4000] for path in sorted((REPOSITORY / "content").glob("*/*.md"))]


def mutate(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice([0, 0, 1, 5, 60, 600]))
        kind = chance.randrange(4)
        piece = chance.choice(PIECES) * chance.choice([1, 1, 2, 30, 1000])
        if kind == 0:
            piece = data[end : end + 200] * chance.choice([1, 2, 20])
        elif kind == 1:
            piece = bytes([chance.randrange(256)])
        data = (data[:start] + piece + data[end:])[:100_000]
    return data


def attempt(target: str, data: bytes, folder: Path) -> str:
    """What is wrong with how `data` was taken; empty when nothing is."""
    begun = time.process_time()
    try:
        TARGETS[target](data, folder)
    except YearbookError as error:
        if not str(error).strip():
            return "an error without a message"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - begun
    return f"it took {took:.1f} s" if took > SLOWEST else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, grown, tried, found = random.Random(given.seed), seeds(given.target), 0, 0  # noqa: S311
    end = time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            data, tried = mutate(chance.choice(grown), chance), tried + 1
            if wrong := attempt(given.target, data, Path(folder)):
                found += 1
                name = hashlib.sha256(data).hexdigest()[:12]
                (HERE / "corpus" / given.target / name).write_bytes(data)
                sys.stdout.write(f"{name}: {wrong[:200]}\n")
    sys.stdout.write(f"{tried} inputs, {found} that fail\n")


if __name__ == "__main__":
    main()
