"""ProperDocs, which continues MkDocs 1.x, prints the same pages from the same project, hook and all."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
Snapshot = Callable[[Path], dict[str, bytes]]


def test_properdocs_prints_the_pages_that_mkdocs_prints(two_years: Path, run: Run, snapshot: Snapshot) -> None:
    settings = (two_years / "mkdocs.yml").read_text(encoding="utf-8")
    (two_years / "bare.yml").write_text(re.sub(r"(?m)^hooks:.*\n", "", settings), encoding="utf-8")
    staged = snapshot(two_years / "staging")
    for printer, file in (("mkdocs", "bare.yml"), ("properdocs", "mkdocs.yml")):
        done = run(printer, "build", "--strict", "-f", file, "-d", printer, cwd=two_years)
        assert done.returncode == 0, done.stderr
    assert "Writing up 2 reports" in done.stderr, "our hook ran"
    assert snapshot(two_years / "staging") == staged, "and staged what the command stages"
    ours, theirs = snapshot(two_years / "mkdocs"), snapshot(two_years / "properdocs")
    assert len([path for path in ours if path.endswith(".html")]) > 200
    assert sorted(ours) == sorted(theirs)
    differing = {path for path in ours if ours[path] != theirs[path]}
    assert differing <= {"sitemap.xml", "sitemap.xml.gz"}, "in which the hook names the pages that are HTML already"
