"""The printed site is finished: every reference leads to a file, hosts are told, copies are compressed if asked for."""

import gzip
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import CommentaryError
from yearbook.finishing import SMALLEST, finish_site
from yearbook.outputs.hosts import TYPES
from yearbook.pipeline import build_site
from yearbook.staging import publish, write_staging

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"
Snapshot = Callable[[Path], dict[str, bytes]]

IN_A_PAGE = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="([^"]+\.(?:css|js))"')
IN_A_SCRIPT = re.compile(r"""["'](\.{1,2}/[^"'\s]+\.js)["']""")


def asked_for(path: str, text: str) -> list[str]:
    """The style sheets and scripts that a page or a module asks for, as paths of the site."""
    found = (IN_A_PAGE if path.endswith(".html") else IN_A_SCRIPT).findall(text)
    return [posixpath.normpath(posixpath.join("/", posixpath.dirname(path), one)).lstrip("/") for one in found]


def test_every_reference_of_every_page_and_module_leads_to_a_file_under_its_published_name(built_once: Path) -> None:
    site = built_once / "site"
    asked = {
        path.relative_to(site).as_posix(): asked_for(path.relative_to(site).as_posix(), path.read_text("utf-8"))
        for path in site.rglob("*")
        if path.suffix in (".html", ".js") and path.parent.name != "pagefind"  # which names its files itself
    }
    assert all(asked[path] for path in asked if path.endswith(".html"))
    lost = {(path, one) for path, wanted in asked.items() for one in wanted if not (site / one).is_file()}
    assert lost == set()
    own = {one for wanted in asked.values() for one in wanted if one.startswith(("css/", "js/"))}
    assert all(re.search(r"\.[0-9a-f]{8}\.(?:css|js)$", one) for one in own)


def test_every_file_of_the_theme_is_published_under_one_name(built_once: Path) -> None:
    def names(folder: Path, of: str) -> list[str]:
        found = [path for ending in ("css", "js") for path in (folder / ending).rglob(f"*.{ending}")]
        return sorted(re.sub(of, "", path.relative_to(folder).as_posix()) for path in found)

    assert names(built_once / "site", r"\.[0-9a-f]{8}(?=\.\w+$)") == names(THEME, "^$")


def test_a_page_that_asks_for_a_style_that_is_not_there_fails_and_the_last_site_stays(
    two_years: Path, snapshot: Snapshot
) -> None:
    before = snapshot(two_years / "site")
    (two_years / "templates" / "theme" / "css" / "areas.css").unlink()
    write_staging(build_site(two_years).files, two_years / "staging")
    with pytest.raises(CommentaryError, match=r"It asks for css/areas\.css, which the theme does not have"):
        publish(two_years)
    assert snapshot(two_years / "site") == before
    assert not list(two_years.glob(".site-*"))


def test_what_hosts_are_told_is_written_beside_the_pages(built_once: Path) -> None:
    assert {"_headers", ".htaccess"} <= {path.name for path in (built_once / "site").iterdir()}
    assert (built_once / "site" / "hosts" / "nginx.conf").is_file()
    assert not list((built_once / "site").rglob("*.gz")), "copies are made when they are asked for"


def allowed(policy: str) -> dict[str, set[str]]:
    """What each directive of a policy allows."""
    directives = (directive.split() for directive in policy.split(";"))
    return {name: set(sources) - {"'none'"} for name, *sources in directives}


def test_the_headers_allow_each_page_what_its_own_policy_allows_and_none_what_no_page_may(built_once: Path) -> None:
    pages = (page.read_text("utf-8") for page in (built_once / "site").rglob("*.html"))
    own = {found[1] for page in pages if (found := re.search(r'Content-Security-Policy" content="([^"]*)"', page))}
    assert len(own) > 1, "pages with and without scripts"
    assert all("default-src 'none'" in policy for policy in own), "or joined_policies would have to know more"
    told = re.findall(r"Content-Security-Policy: (.*)", (built_once / "site" / "_headers").read_text("utf-8"))
    assert told
    for header in map(allowed, told):
        assert header.pop("frame-ancestors") in (set(), {"*"})
        for name, sources in header.items():
            assert sources == set().union(*(allowed(policy).get(name, set()) for policy in own))
        assert all(set(allowed(policy)) <= set(header) for policy in own)


def small_site(folder: Path) -> Path:
    """A printed site of a page, its style sheet, a table, a picture and a drawing that does not get smaller."""
    for path, content in {
        "index.html": b'<link rel="stylesheet" href="css/a.css">' + b"<p>Words.</p>" * 200,
        "css/a.css": b"a { color: red }\n" * 100,
        "data/short.csv": b"a,b\n1,2\n",
        "data/long.csv": b"a,b\n" + b"1,2\n" * 1000,
        "assets/card.png": b"\x89PNG" + b"\0" * 4000,
        "assets/noise.svg": bytes((n * n * 31 + n * 7 + (n >> 3) * 11) % 251 for n in range(SMALLEST)),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_copies_are_of_texts_that_get_smaller_hold_the_same_and_are_the_same_every_time(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    for name in ("once", "again"):
        finish_site(small_site(tmp_path / name), compressed=True)
    made = snapshot(tmp_path / "once")
    assert made == snapshot(tmp_path / "again")
    copies = {path.removesuffix(".gz"): content for path, content in made.items() if path.endswith(".gz")}
    assert {re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in copies} == {"index.html", "css/a.css", "data/long.csv"}
    for path, copy in copies.items():
        assert gzip.decompress(copy) == made[path]
        assert len(copy) < len(made[path])
        assert copy[4:8] == b"\0\0\0\0", "no time is written into it"


def test_what_is_compressed_is_text(tmp_path: Path) -> None:
    finish_site(small_site(tmp_path), compressed=True)
    assert {path.name.split(".")[-2] for path in tmp_path.rglob("*.gz")} <= set(TYPES)
