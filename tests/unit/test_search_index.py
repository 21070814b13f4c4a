"""What of the printed site can be found, and that its index is whole, small and the same each time."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import YearbookError
from yearbook.pipeline import build_site
from yearbook.search.editions import Edition, editions_of
from yearbook.search.index import PAGES, WORDS, write_index
from yearbook.search.words import count_words
from yearbook.staging import publish, write_staging

Snapshot = Callable[[Path], dict[str, bytes]]


def fragments(site: Path) -> dict[str, dict[str, object]]:
    """What the index holds of each page, by Pagefind's name for it."""
    files = sorted((site / "pagefind" / "fragment").iterdir())
    return {path.stem: json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in files}


def page(layout: str, article: str, summary: str = "") -> str:
    return (
        f'<html><head><meta name="description" content="{summary}"></head><body data-layout="{layout}">'
        f"<header>Masthead</header><main><article>{article}</article></main><footer>Colophon</footer></body></html>"
    )


def test_pages_worth_finding_are_in_the_index_and_lists_and_tools_are_not(built_once: Path) -> None:
    found = {fragment["url"] for fragment in fragments(built_once / "site").values()}
    assert {"/reports/2018-19/", "/reports/2019-20/", "/trends/recovery-rate/", "/methods/sources/"} <= found
    assert {"/methods/metrics/recovery-rate/", "/glossary/base/"} <= found
    lists = {"/", "/reports/", "/trends/", "/methods/", "/methods/metrics/", "/glossary/", "/data/", "/search/"}
    assert not found & lists
    site = built_once / "site"
    printed = {f"/{path.parent.relative_to(site).as_posix()}/" for path in site.rglob("index.html")}
    assert {url for url in found if not str(url).startswith("/glossary/")} <= printed


def test_what_is_not_prose_is_not_in_the_index(built_once: Path) -> None:
    report = next(one for one in fragments(built_once / "site").values() if one["url"] == "/reports/2019-20/")
    printed = (built_once / "site" / "reports" / "2019-20" / "index.html").read_text(encoding="utf-8")
    for words in ("Numbers are computed unrounded", "independent publication", "The figures in this chart"):
        assert words in printed
        assert words not in str(report["content"])
    assert "recovered" in str(report["content"])


def test_a_page_in_the_index_has_its_kind_its_title_and_a_reports_year(built_once: Path) -> None:
    site = built_once / "site"
    by_name = json.loads((site / PAGES).read_text(encoding="utf-8"))
    urls = {name: fragment["url"] for name, fragment in fragments(site).items()}
    told = {urls[name]: entry for name, entry in by_name.items()}
    assert told["/glossary/base/"] == ["term", "Base"]
    assert told["/reports/2019-20/"][0::2] == ["report", "2019-20"]
    assert told["/trends/recovery-rate/"] == ["trend", "Recovery rate"]
    assert set(told) == {url for url in urls.values() if not str(url).startswith("/areas/")}


def test_the_index_is_the_same_in_another_run_and_another_folder(
    built_once: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    made = []
    for name in ("one", "another/further/.hidden"):
        site = shutil.copytree(built_once / "site", tmp_path / name)
        shutil.rmtree(site / "pagefind")
        write_index(site)
        made.append(snapshot(site))
    assert made[0] == made[1] == snapshot(built_once / "site")


def test_only_files_that_a_search_loads_are_kept(built_once: Path, snapshot: Snapshot) -> None:
    site = built_once / "site"
    kept = {path.split("/")[0] for path in snapshot(site / "pagefind")}
    assert {name for name in kept if not name.endswith(".pf_meta")} == {
        "fragment", "index", "pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"
    }  # fmt: skip
    assert [path.name for path in site.glob(".*")] == [".htaccess"]


def test_settings_around_the_build_do_not_change_the_index(
    built_once: Path, tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = shutil.copytree(built_once / "site", tmp_path / "site")
    shutil.rmtree(site / "pagefind")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: [p]\n")
    monkeypatch.chdir(tmp_path)
    write_index(site)
    assert snapshot(site) == snapshot(built_once / "site")


def test_an_index_that_cannot_be_made_is_told_and_the_last_site_stays(two_years: Path, snapshot: Snapshot) -> None:
    before = snapshot(two_years / "site")
    files = dict(build_site(two_years).files)
    write_staging({**files, "pagefind": b"a file where the index is to go"}, two_years / "staging")
    with pytest.raises(YearbookError, match="Pagefind could not index the site"):
        publish(two_years)
    assert snapshot(two_years / "site") == before
    assert not list(two_years.glob(".site-*"))


def test_a_site_without_a_page_worth_finding_has_no_index(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page("home", "<h1>Home</h1>"))
    write_index(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_an_edition_is_the_article_without_tables_workings_and_contents() -> None:
    article = (
        '<header><p class="folio">2019–20</p><h1>More &amp; more</h1></header><nav class="contents">Contents</nav>'
        '<h2 id="a">Waits</h2><p>Words. <a class="behind" href="#w">Workings</a></p>'
        "<table><tr><td>1,234</td></tr></table>"
        '<details class="chart__data"><summary>Figures</summary><table><tr><td>5</td></tr></table></details>'
        '<section class="workings" id="workings"><h2>Workings</h2><table></table></section>'
    )
    (edition,) = editions_of(page("report", article, "It &amp; more"), "reports/2019-20/")
    assert (edition.title, edition.summary, edition.headings) == ("More & more", "It & more", ("Waits",))
    assert edition.text == "More & more Waits Words."
    assert (edition.kind, edition.year) == ("report", "2019-20")


def test_of_an_area_only_names_codes_and_facts_are_found() -> None:
    article = (
        "<header><h1>NHS Brighton and Hove CCG</h1><p>The recovery rate was 46%.</p>"
        '<p class="succession">Its work passed to NHS Sussex ICB.</p></header>'
        '<dl class="facts"><div><dt>Code</dt><dd>09D</dd></div></dl><h2>Where it stands</h2><p>Recovery.</p>'
    )
    (edition,) = editions_of(page("area", article, "The recovery rate was 46%."), "areas/09d-brighton-and-hove/")
    assert edition.text == "NHS Brighton and Hove CCG Its work passed to NHS Sussex ICB. Code 09D"
    assert "46%" not in edition.to_html()


def test_each_term_of_the_glossary_is_an_edition_of_its_own() -> None:
    article = (
        '<h1>Glossary</h1><dl><dt id="base">Base</dt>\n<dd>The group.</dd>\n'
        '<dt id="in-year">In-year</dt>\n<dd>A <a href="#base">base</a>.</dd></dl>'
    )
    base, in_year = editions_of(page("glossary", article), "glossary/")
    assert (base.address, base.kind, base.title, base.summary) == ("glossary/base/", "term", "Base", "The group.")
    assert (in_year.address, in_year.title, in_year.summary) == ("glossary/in-year/", "In-year", "A base.")


def test_what_a_page_says_of_itself_stays_data() -> None:
    (edition,) = editions_of(page("post", "<h1>A</h1>", "&quot;&gt;&lt;script&gt;x"), "posts/a/")
    assert edition.summary == '"><script>x'
    assert "<script" not in edition.to_html()


def test_words_count_pages_and_those_of_areas_alone_count_none() -> None:
    def edition(kind: str, words: str) -> Edition:
        return Edition(f"{kind}/", kind, "", "", (), f"<p>{words}</p>")

    pages = [edition("report", "Waits, waits and Brighton’s"), edition("post", "waits"), edition("area", "Hove waits")]
    counts = count_words(pages)
    assert counts == {"and": 1, "brightons": 1, "hove": 0, "waits": 2}
    assert list(counts) == sorted(counts)


def test_the_words_of_the_site_are_few_enough_to_load(built_once: Path) -> None:
    words = (built_once / "site" / WORDS).read_bytes()
    assert {"base", "recovery"} <= set(json.loads(words))
    assert len(gzip.compress(words)) < 15_000
