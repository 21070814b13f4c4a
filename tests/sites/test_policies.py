"""Every page of the real site has one strict policy before anything that it could be needed for."""

import re
from collections import Counter
from pathlib import Path

import pytest

from yearbook.outputs.hosts import EVERYWHERE

POLICY = '<meta http-equiv="Content-Security-Policy" content="'
NEEDED = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
}
SCRIPTS = {"script-src": ["'self'"], "connect-src": ["'self'"]}


def read_policy(head: str) -> dict[str, list[str]]:
    """The directives of the one policy in the head of a page."""
    assert head.count(POLICY) == 1, "one policy"
    written = head.partition(POLICY)[2].partition('"')[0]
    return {name: sources for name, *sources in map(str.split, written.split(";"))}


@pytest.fixture(scope="module")
def heads(real_project: Path) -> dict[str, str]:
    """What stands in every page up to the end of its head, by path."""
    site = real_project / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8").partition("</head>")[0]
        for path in site.rglob("*.html")
    }


def test_every_page_has_one_policy_of_two_and_none_lets_anything_written_in_the_page_run(
    heads: dict[str, str],
) -> None:
    assert len(heads) > 2500
    seen: Counter[str] = Counter()
    for path, head in heads.items():
        more = {name: sources for name, sources in read_policy(head).items() if name not in NEEDED}
        assert {name: read_policy(head)[name] for name in NEEDED} == NEEDED, path
        assert more in ({}, SCRIPTS), path
        seen[str(more)] += 1
    assert len(seen) == 2


def test_the_policy_stands_before_all_that_is_loaded(heads: dict[str, str]) -> None:
    for path, head in heads.items():
        first = re.search(r"<(?:link|script|style|img|base)\b", head)
        assert first, path
        assert head.index(POLICY) < first.start(), path


def test_the_page_says_itself_what_a_host_would_say_of_referrers(heads: dict[str, str]) -> None:
    said = f'<meta name="referrer" content="{EVERYWHERE["Referrer-Policy"]}">'
    assert [path for path, head in heads.items() if head.count(said) != 1] == []


def test_no_link_runs_a_script(real_project: Path) -> None:
    running = re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript):""", re.IGNORECASE)
    assert running.search('<a href="JavaScript:alert(1)">')
    site = real_project / "site"
    assert [path.name for path in site.rglob("*.html") if running.search(path.read_text(encoding="utf-8"))] == []
