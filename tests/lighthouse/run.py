"""Lighthouse on one page of each type that a reader may come to first, as a telephone sees it (`make lighthouse`).

Serves a built site from this machine as a host would, compressed and with the headers that the site asks for, and has
the Lighthouse of `package.json` load each page. Prints the scores, the times of a slow telephone and the weight;
fails below 100 for accessibility, best practices and search, or 98 for performance. A page that falls short is looked
at again, up to twice, for a busy machine may be to blame.

    python tests/lighthouse/run.py [SITE] [ADDRESS ...]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path[:0] = [str(REPOSITORY / "build"), str(REPOSITORY / "tests")]

from serving import Server  # noqa: E402 - it is found by the line above

PAGES = ("", "reports/2023-24/", "areas/09d-brighton-and-hove/", "areas/", "posts/the-gap-nobody-talks-about/")
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
TIMES = {"first-contentful-paint": "FCP", "largest-contentful-paint": "LCP", "total-blocking-time": "TBT"}
SHIFT = "cumulative-layout-shift"
TRIES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
PROGRAM = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"


@dataclass(frozen=True)
class Result:
    """What Lighthouse found: scores of 100 by category, milliseconds by name, bytes, and what costs points."""

    scores: dict[str, int]
    times: dict[str, float]
    shift: float
    weight: int
    faults: tuple[str, ...]

    @property
    def shortfall(self) -> int:
        """By how many points its scores are too low, together."""
        return sum(max(0, least - self.scores[name]) for name, least in LEAST.items())


def say(words: str = "") -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def find_chromium() -> str:
    """The browser, as the browser tests look for it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("YEARBOOK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("No Chromium was found: install one, or name it in YEARBOOK_CHROMIUM.")


def measure(address: str, chromium: str) -> Result:
    """What Lighthouse finds at an address with its own settings for a telephone."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--only-categories={','.join(LEAST)}", f"--chrome-flags={FLAGS}", "--no-enable-error-reporting"]
        done = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        if not report.exists():
            sys.exit(f"Lighthouse could not look at {address}:\n{done.stderr}")
        found = json.loads(report.read_text(encoding="utf-8"))
    return read_result(found)


def read_result(found: dict) -> Result:  # type: ignore[type-arg]
    """The parts of a report of Lighthouse that are held to something here."""
    audits = found["audits"]
    costly = {
        (name, reference["id"])
        for name in LEAST
        for reference in found["categories"][name]["auditRefs"]
        if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 0.9
        and audits[reference["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    }  # fmt: skip
    return Result(
        {name: round(100 * (found["categories"][name]["score"] or 0)) for name in LEAST},
        {short: audits[name].get("numericValue", 0) for name, short in TIMES.items()},
        audits[SHIFT].get("numericValue", 0),
        audits["total-byte-weight"].get("numericValue", 0),
        tuple(f"{name}: {audits[id]['title']}" for name, id in sorted(costly)),
    )


def measure_well(address: str, chromium: str) -> Result:
    """The best of up to `TRIES` looks: more than one only where a score is too low."""
    best = measure(address, chromium)
    for _ in range(TRIES - 1):
        if best.shortfall:
            best = min(best, measure(address, chromium), key=lambda one: one.shortfall)
    return best


def main(words: Sequence[str]) -> int:
    """Measure the pages of the site; 1 if any is not good enough."""
    site = Path(words[0]) if words else REPOSITORY / "site"
    if not PROGRAM.exists():
        sys.exit(f"Lighthouse is not installed: npm ci --ignore-scripts --prefix {HERE.relative_to(REPOSITORY)}")
    if not (site / "index.html").exists():
        sys.exit(f"There is no site in {site}: build it first.")
    server, chromium, failed = Server(site), find_chromium(), False
    say(f"{'access':>7}{'best':>6}{'seo':>6}{'speed':>7}{'FCP s':>7}{'LCP s':>7}{'TBT ms':>8}{'CLS':>7}{'KB':>8}  page")
    for page in words[1:] or PAGES:
        found = measure_well(f"{server.home}{page}", chromium)
        scores, times = found.scores, found.times
        say(
            f"{scores['accessibility']:7}{scores['best-practices']:6}{scores['seo']:6}{scores['performance']:7}"
            f"{times['FCP'] / 1000:7.1f}{times['LCP'] / 1000:7.1f}{times['TBT']:8.0f}{found.shift:7.3f}"
            f"{found.weight / 1000:8.1f}  /{page}"
        )
        if found.shortfall:
            failed = True
            for fault in found.faults:
                say(f"        {fault}")
    server.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
