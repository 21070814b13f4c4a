"""The pages of the real areas: every one whole, well said and linked, and the facts that readers come for."""

import gzip
import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest

from yearbook.archive import Archive
from yearbook.areas import Areas, is_pseudo
from yearbook.charts import Chart
from yearbook.comparison import FunnelClass, IncomparableError, Spread
from yearbook.kept import key_of
from yearbook.organisations import Organisation
from yearbook.outputs.areas import area_files
from yearbook.outputs.assets import name_assets
from yearbook.outputs.downloads import table_path
from yearbook.outputs.standings import standings, standings_address
from yearbook.pages.board import board_address, has_board_paper
from yearbook.peers import RATES, Comparisons, Peers
from yearbook.pipeline import charts_by_key, read_frame, read_project, reconcile, write_up
from yearbook.report import Report
from yearbook.settings import read_settings
from yearbook.wording import bands_of, opening_sentences
from yearbook.years import FinancialYear

LAYOUTS = ("area", "board", "standings", "areas", "compare")
LARGEST = 45 * 1024
"""What a page may weigh, compressed, with its style sheets, in bytes."""

Y2017, Y2020, Y2021, Y2022 = (FinancialYear(year) for year in (2017, 2020, 2021, 2022))
BRIGHTON, STOKE, BSW, HUB = (Organisation("ccg", code) for code in ("09D", "05W", "92G", "14R"))

VOID = {"meta", "link", "img", "input", "source", "br", "hr", "wbr"}
SAID = {"p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "legend", "label", "title", "span"}
NEVER_EMPTY = {
    "h1", "h2", "h3", "caption", "p", "li", "dt", "dd", "th", "section", "table", "tbody", "a", "figcaption", "summary",
    "ul", "dl", "legend", "label", "title", "article", "details",
}  # fmt: skip
FAULTS = {
    "a number that is none": r"\b(?:nan|NaN|None|inf|undefined|True|False)\b",
    "two spaces": r"\S  +\S",
    "two full stops": r"\.\.|:\.|;\.|,\.|\?\.",
    "a space before a stop": r"\s[,;:.](?!\d)",
    "an empty bracket": r"\(\s*\)|\(\s|\s\)",
    "commas": r",\s*,",
    "one of many": r"(?<![\d,.–-])1 (?:referrals|CCGs|ICBs|STPs|regions|providers|courses|percentage points|years)\b",
    "one of many, in words": r"\bone (?:CCGs|ICBs|STPs|regions|providers|have|were|lie)\b",
    "an entity twice": r"&(?:amp|lt|gt|quot|#\d+);",
}


class Built(NamedTuple):
    """What the real areas come to: the comparisons, the documents of their pages by address, and all addresses."""

    comparisons: Comparisons
    documents: Mapping[str, str]
    addresses: frozenset[str]
    shown: Mapping[str, frozenset[str]]


@pytest.fixture(scope="module")
def built(project: Path) -> Built:
    archive, words = read_project(project)
    comparisons = Comparisons(Report(archive), Areas(archive))
    charts = charts_by_key(comparisons, words)
    settings = read_settings(project)
    kept = key_of(project, settings.url)  # what this very code has written of areas is not written again
    written = write_up(comparisons, words, reconcile(archive), charts, project, settings, kept=kept)
    pages, package = written.pages, written.package
    theme = project / "templates" / "theme"
    frame = read_frame(theme, settings)
    documents = {page.address: frame.render(page).decode() for page in pages if page.layout in LAYOUTS}
    files = {path for path, _ in area_files(comparisons)}
    files |= {
        f"assets/charts/{chart.name}-{width}.svg"
        for chart in charts.values()
        if isinstance(chart, Chart)
        for width in chart.pictures
    }
    files |= {f"{table_path(name)}.{kind}" for name in package.tables for kind in ("csv", "json")}
    files |= {path.relative_to(theme).as_posix() for path in theme.rglob("*") if path.is_file()}
    layouts: dict[str, set[str]] = {}
    for page in pages:
        layouts.setdefault(page.layout, set()).add(page.address)
    shown = {layout: frozenset(found) for layout, found in layouts.items()}
    addresses = {page.address for page in pages} | files | {"feed.xml"}
    return Built(comparisons, documents, frozenset(addresses), shown)


@pytest.fixture(scope="module")
def comparisons(built: Built) -> Comparisons:
    return built.comparisons


@dataclass
class Read(HTMLParser):
    """A document taken apart: what does not close, what is empty, what is said, the ids and the links."""

    wrong: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "srcset", "data-index", "data-root"):
                self.links.append(value or "")
            if name in ("alt", "aria-label", "content") and value:
                self.said.append(value)
        if tag not in VOID:
            self.open.append((tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> on line {self.getpos()[0]} closes nothing")
            return
        _, parts = self.open.pop()
        text = "".join(parts)
        if tag in NEVER_EMPTY and not text.strip():
            self.wrong.append(f"<{tag}> on line {self.getpos()[0]} is empty")
        if tag in SAID:
            self.said.append(text.strip())
        if self.open:
            self.open[-1][1].append(text if tag in ("a", "b", "i", "em", "span", "strong") else f"{text}\n")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1][1].append(data)


@pytest.fixture(scope="module")
def read(built: Built) -> dict[str, Read]:
    """Every document taken apart, by address."""
    found = {}
    for address, document in built.documents.items():
        found[address] = Read()
        found[address].feed(document)
        found[address].close()
    return found


def words_of(document: str) -> str:
    whole = re.sub(r'<span class="year">([^<]*)</span>', r"\1", document)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", whole)).split())


def test_every_area_and_every_comparison_has_a_page(built: Built) -> None:
    areas = {area.address for area in built.comparisons.areas.all}
    compared = {standings_address(*one) for one in standings(built.comparisons)}
    papers = {board_address(area) for area in built.comparisons.areas.all if has_board_paper(built.comparisons, area)}
    assert built.shown["area"] == areas
    assert built.shown["board"] == papers
    assert built.shown["standings"] == compared
    assert len(areas) > 400
    assert len(compared) > 20
    assert len(papers) > 400
    assert len(areas) == len(built.comparisons.areas.all)
    assert built.documents.keys() == {*areas, *papers, *compared, "areas/", "compare/"}


def test_every_organisation_with_figures_has_one_page_and_pseudo_areas_none(built: Built, archive: Archive) -> None:
    for organisation in archive.organisations.values():
        in_releases = any(release.breakdowns(organisation.key) for release in archive.releases.values())
        expected = in_releases and organisation.org_type != "england" and not is_pseudo(organisation)
        assert (built.comparisons.areas.of(organisation.key) is not None) == expected, organisation.key


def test_every_tag_closes_and_nothing_is_empty(read: dict[str, Read]) -> None:
    wrong = {address: found.wrong for address, found in read.items() if found.wrong}
    assert wrong == {}
    assert [address for address, found in read.items() if found.open] == []


def test_every_id_is_there_once(read: dict[str, Read]) -> None:
    twice = {address: [id for id, times in Counter(found.ids).items() if times > 1] for address, found in read.items()}
    assert {address: ids for address, ids in twice.items() if ids} == {}
    for found in read.values():
        assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", id) for id in found.ids)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_sentence_is_well_formed(fault: str, read: dict[str, Read]) -> None:
    pattern = re.compile(FAULTS[fault])
    found = [
        (address, said[max(0, hit.start() - 40) : hit.end() + 40])
        for address, document in read.items()
        for said in document.said
        if (hit := pattern.search(said))
    ]
    assert found[:10] == []


def test_every_link_leads_to_something(built: Built, read: dict[str, Read]) -> None:
    dead: set[tuple[str, str]] = set()
    for address, found in read.items():
        ids = set(found.ids)
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not link:
                continue
            if not parts.path:
                if parts.fragment and parts.fragment not in ids:
                    dead.add((address, link))
                continue
            target = urlsplit(urljoin(f"https://site/{address}", parts.path)).path.lstrip("/")
            lost = target in read and parts.fragment and parts.fragment not in read[target].ids
            if target not in built.addresses or lost:
                dead.add((address, link))
    assert sorted(dead)[:10] == []


def test_every_area_gives_its_figures_away(built: Built) -> None:
    for area in built.comparisons.areas.all:
        for kind in ("csv", "json"):
            assert f'<a href="figures.{kind}" aria-label="{kind.upper()}: ' in built.documents[area.address]
            assert f"{area.address}figures.{kind}" in built.addresses


def test_every_page_has_a_title_of_its_own(built: Built) -> None:
    titles = Counter(document.split("<title>")[1].split("</title>")[0] for document in built.documents.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_page_is_light(built: Built, project: Path) -> None:
    sheets = ("css/yearbook.css", "css/areas.css")
    published = name_assets({sheet: (project / "templates" / "theme" / sheet).read_bytes() for sheet in sheets})
    css = sum(len(gzip.compress(content)) for content in published.files.values())
    heavy = {
        address: weight
        for address, document in built.documents.items()
        if (weight := len(gzip.compress(document.encode())) + css) > LARGEST
    }
    assert heavy == {}


def test_every_map_has_a_hexagon_for_everybody_and_bands_that_add_up(built: Built) -> None:
    if not built.comparisons.report.archive.geography.layouts:
        pytest.skip("data/hexagons.csv is not there, so there are no maps")
    mapped = {
        address: document for address, document in built.documents.items() if '<figure class="hexmap">' in document
    }
    assert len(mapped) >= 10
    for address, document in mapped.items():
        views = document.split('<div class="hexmap__view">')[1:]
        assert len(views) >= 1, address
        for view in views:
            hexes = re.findall(r'<a class="hex" data-band="(\d)"[^>]* aria-label="([^"]+)"', view)
            counts = re.findall(r'<li data-band="(\d)">[^<]*<span class="hexmap__count">(\d+)</span>', view)
            assert Counter(band for band, _ in hexes) == {band: int(count) for band, count in counts if int(count)}
            assert len({words for _, words in hexes}) == len(hexes), address


def test_every_ranked_peer_is_in_one_band_and_every_rank_is_there(comparisons: Comparisons) -> None:
    for org_type, year in standings(comparisons):
        for metric in RATES:
            peers = comparisons.peers(metric, year, org_type)
            ranks = [peer.rank for peer in peers.ranked if peer.rank is not None]
            ties = Counter(ranks)
            assert all(rank + ties[rank] - 1 <= len(ranks) for rank in ties), (metric, year, org_type)
            assert sum(ties.values()) == len(ranks)
            if ranks:
                bands = bands_of(peers)
                assert all(1 <= bands.band(peer) <= 5 for peer in peers.ranked)
            for peer in peers.rows:
                assert (peer.rank is None) == bool(peer.left_out), peer.organisation.name
                if peer.counts is not None:
                    assert peer.interval is not None
                    assert peer.interval.contains(peer.rate)


@pytest.fixture(scope="module")
def ccgs(comparisons: Comparisons) -> Peers:
    """The CCGs of 2020-21 by recovery."""
    return comparisons.peers("recovery_rate", Y2020, "ccg")


@pytest.fixture(scope="module")
def of_2020(built: Built) -> str:
    """The words of the comparison of 2020-21's CCGs."""
    return words_of(built.documents["areas/ccg-2020-21/"])


def test_brighton_and_stoke_are_the_ends_of_2020(ccgs: Peers, built: Built) -> None:
    assert len(ccgs.ranked) == 135
    assert ccgs.highest is not None
    assert ccgs.lowest is not None
    assert (ccgs.highest.organisation.code, ccgs.highest.working.text()) == ("05W", "64%")
    assert (ccgs.lowest.organisation.code, ccgs.lowest.working.text()) == ("09D", "34%")
    for organisation, end in ((BRIGHTON, "The lowest of 135 CCGs"), (STOKE, "The highest of 135 CCGs")):
        area = built.comparisons.areas.of(organisation.key)
        assert area is not None
        assert end in words_of(built.documents[area.address])


def test_the_opening_of_2020_is_what_the_posts_say(comparisons: Comparisons) -> None:
    def opening(organisation: Organisation) -> list[str]:
        area = comparisons.areas.of(organisation.key)
        assert area is not None
        return opening_sentences(comparisons, area, Y2020)

    brighton = opening(BRIGHTON)
    assert brighton[0] == (
        "The recovery rate of NHS Brighton and Hove CCG was 34% in 2020-21, 17 percentage points below England’s "
        "51.4%, and the lowest of 135 CCGs."
    )
    assert brighton[1].startswith("It received 8,360 referrals, ")
    assert brighton[1].endswith("of which 930 ended in recovery: eleven for every hundred received.")
    assert opening(STOKE)[0] == (
        "The recovery rate of NHS Stoke on Trent CCG was 64% in 2020-21, 12 percentage points above England’s 51.4%, "
        "and the highest of 135 CCGs."
    )


def test_930_of_8360_is_11_per_cent(comparisons: Comparisons) -> None:
    working = comparisons.report.working("recovered_of_received", Y2020, BRIGHTON)
    assert [operand.figure.exact for operand in (*working.over, *working.under)] == [930, 8360]
    assert working.text(0) == "11%"


def test_the_ends_of_2020_are_almost_double(of_2020: str) -> None:
    assert "almost double" in of_2020
    assert "the ratio is 1.87 (95% interval 1.76 to 1.99)" in of_2020


def table_rows(document: str, id: str) -> dict[str, list[str]]:
    table = document.split(f'id="table-{id}"')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]]
    return {words_of(row[0]): [words_of(cell) for cell in row[1:]] for row in rows}


def test_what_happened_next_to_the_ends_of_2020(built: Built) -> None:
    rows = table_rows(built.documents["areas/ccg-2020-21/"], "extremes")
    assert len(rows) == 10
    assert (rows["NHS Stoke on Trent CCG"][0], rows["NHS Stoke on Trent CCG"][3]) == ("64%", "50%")
    assert (rows["NHS Brighton and Hove CCG"][0], rows["NHS Brighton and Hove CCG"][3]) == ("34%", "46%")


def test_the_hub_is_listed_as_left_out_and_never_ranked(ccgs: Peers, of_2020: str, built: Built) -> None:
    row = ccgs.row(HUB)
    assert (row.rank, row.working.text()) == (None, "33%")
    assert re.search(
        r"East of England - H&J commissioning hub \(33%\)[^.]*: commissioning hubs, which are no areas\.", of_2020
    )
    assert "33%" in table_rows(built.documents["areas/ccg-2020-21/"], "all")[row.organisation.name]
    assert not any("14r" in address for address in built.addresses)


def test_seven_lie_beyond_the_outer_and_twenty_beyond_the_inner_limits(ccgs: Peers, of_2020: str) -> None:
    classes = Counter(ccgs.funnel_class(peer) for peer in ccgs.ranked)
    outer = classes[FunnelClass.LOW_998] + classes[FunnelClass.HIGH_998]
    assert (outer, len(ccgs.ranked) - classes[FunnelClass.WITHIN]) == (7, 20)
    assert "20 of 135 CCGs lay beyond the 95% limits in 2020-21, seven of them beyond the 99.8% limits" in of_2020


def test_a_doubtful_rate_is_shown_and_flagged_and_named_neither_lowest_nor_left_away(built: Built) -> None:
    comparisons = built.comparisons
    peers = comparisons.peers("recovery_rate", Y2021, "ccg")
    row = peers.row(BSW)
    assert row.working.text() == "16%"
    assert row.flags
    assert (row.rank, len(peers.ranked)) == (106, 106)
    assert peers.lowest is not None
    assert peers.lowest is not row
    assert row in peers.barred
    document = built.documents["areas/ccg-2021-22/"]
    assert "16%" in table_rows(document, "all")[row.organisation.name]
    assert row.organisation.name not in table_rows(document, "extremes")
    assert f"{row.organisation.name} (16%): " in words_of(document)
    area = comparisons.areas.of(BSW.key)
    assert area is not None
    page = words_of(built.documents[area.address])
    assert "the lowest of 106" not in page
    assert "was 16% in 2021-22" in page


def test_the_spread_of_2017_and_that_it_is_not_compared_with_icbs(comparisons: Comparisons) -> None:
    found = comparisons.peers("recovery_rate", Y2017, "ccg").spread
    assert isinstance(found, Spread)
    assert (round(found.best_to_worst or 0, 2), round(found.p90_to_p10 or 0, 2)) == (2.06, 1.26)
    with pytest.raises(IncomparableError, match="bigger areas average out differences"):
        comparisons.spread_change("icb", Y2022, Y2017)
    with pytest.raises(IncomparableError):
        comparisons.spread_change("ccg", Y2022, Y2017)


def test_a_provider_that_is_there_under_two_names_is_counted_once(comparisons: Comparisons) -> None:
    year = FinancialYear(2023)
    peers = comparisons.peers("recovery_rate", year, "provider")
    codes = Counter(peer.organisation.code for peer in peers.rows)
    assert codes["TAF90"] == 1
    assert max(codes.values()) == 1


def test_every_percentage_of_an_areas_opening_is_in_its_tables(built: Built) -> None:
    for area in built.comparisons.areas.all:
        document = built.documents[area.address]
        standfirst = words_of(document.split('class="standfirst">')[1].split("</p>")[0])
        cells = {cell for row in table_rows(document, "years").values() for cell in row}
        for found in re.findall(r"\d+%|\d+\.\d%", standfirst.split(" But the row is in doubt")[0]):
            assert found in cells, (area.name, found)
