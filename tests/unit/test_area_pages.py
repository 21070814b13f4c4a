"""The pages of areas on made archives: an area's, a year's comparison, the index, the comparison by choice."""

import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from jinja2 import Environment

from yearbook.charts import Chart, MissingChart, build_area_charts, build_spread_charts
from yearbook.geography import Council, Geography, Hexagon
from yearbook.lineage import Lineage
from yearbook.organisations import Organisation
from yearbook.outputs.standings import standings, standings_address, standings_table
from yearbook.pages.area_section import area_parts
from yearbook.pages.area_tables import range_strip
from yearbook.pages.areas import render_area
from yearbook.pages.compare import render_compare
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.finder import render_areas_index
from yearbook.pages.page import Page, links_to_tables
from yearbook.pages.standings import hex_maps, render_standings
from yearbook.pages.text import keep_years_whole
from yearbook.peers import Comparisons
from yearbook.successions import Succession
from yearbook.wording import bands_of
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
HOSTILE = '<script>alert("x")</script> & {{ 7 * 7 }}'
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]
Charts = Mapping[tuple[str, FinancialYear | None], Chart | MissingChart]


def charts_of(comparisons: Comparisons) -> Charts:
    made = [*build_spread_charts(comparisons)]
    for area in comparisons.areas.all:
        made += build_area_charts(comparisons, area)
    return {(chart.id, chart.year): chart for chart in made}


@pytest.fixture
def area_page(environment: Environment) -> Callable[..., Page]:
    """The page of an organisation's area."""

    def make(comparisons: Comparisons, org_type: str, code: str) -> Page:
        area = comparisons.areas.of((org_type, code))
        assert area is not None
        return render_area(comparisons, area, charts_of(comparisons), environment)

    return make


@pytest.fixture
def some(make_comparisons: Make, area_row: Row) -> Comparisons:
    """Two years of six CCGs, one of them hostile, one small, one hidden, one doubtful, and a hub."""
    known = (
        Organisation("ccg", "A", name="NHS Alpha CCG"),
        Organisation("ccg", "X", name=HOSTILE),
        Organisation("ccg", "14R", "commissioning hub", "The hub"),
    )
    rows = [
        area_row("A", 60), area_row("B", 50), area_row("X", 40), area_row("S", 80, 50),
        area_row("H", 0, recovery="*", recovery_percent="*"), area_row("D", 20, referrals_received=900),
        area_row("14R", 33),
    ]  # fmt: skip
    return make_comparisons(
        {"2018-19": rows, "2019-20": [area_row("A", 55), area_row("B", 52), area_row("X", 45)]}, *known
    )


def words_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def section(body: str, id: str) -> str:
    return words_of(body.split(f'id="{id}">')[1].split("</section>")[0])


def table_rows(body: str, id: str) -> list[list[str]]:
    table = body.split(f'id="table-{id}"')[1].split("</table>")[0]
    return [
        [words_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody>")[1])
    ]


def test_an_area_opens_with_its_counts_and_its_rates_beside_england(
    some: Comparisons, area_page: Callable[..., Page]
) -> None:
    body = area_page(some, "ccg", "A").body
    panel = re.search(r'<dl class="headlines">.*?</dl>', body, re.DOTALL)
    assert panel is not None
    labels = re.findall(r'headline__label">([^<]+)<', panel[0])
    assert labels[:3] == ["Referrals received", "Finished a course of treatment", "Recovery"]
    rate = some.report.working("recovery_rate", NEXT, Organisation("ccg", "A")).text(0)
    assert f">{rate}</a></dd>" in panel[0]
    assert f"England {some.report.working('recovery_rate', NEXT).text()}" in words_of(panel[0])
    anchors = re.findall(r'class="(?:n|row-link)" href="#([^"]+)"', panel[0])
    assert len(anchors) > len(labels)
    assert all(f'id="{anchor}"' in body for anchor in anchors)


def test_the_contents_of_an_area_lead_to_its_sections(some: Comparisons, area_page: Callable[..., Page]) -> None:
    body = area_page(some, "ccg", "A").body
    contents = re.search(r'<nav class="contents".*?</nav>', body, re.DOTALL)
    assert contents is not None
    listed = re.findall(r'href="#([^"]+)"', contents[0])
    assert listed == re.findall(r'<section class="chapter" id="([^"]+)"', body)


def test_an_area_is_told_against_england_among_its_peers_and_over_the_years(
    some: Comparisons, area_page: Callable[..., Page]
) -> None:
    page = area_page(some, "ccg", "A")
    assert (page.title, page.layout, page.address, page.is_html) == ("NHS Alpha CCG", "area", "areas/a-alpha/", True)
    assert page.summary == (
        "The recovery rate of NHS Alpha CCG was 55% in 2019-20, 5 percentage points above England’s 50.0%, and the "
        "highest of 3 CCGs."
    )
    assert table_rows(page.body, "years") == [
        ["2018-19", "600", "1,000", "60%", "57 to 63", "50.0%", "Well above", "The highest of 4 CCGs"],
        ["2019-20", "550", "1,000", "55%", "52 to 58", "50.0%", "Well above", "The highest of 3 CCGs"],
    ]
    (recovery,) = [row for row in table_rows(page.body, "measures") if row[0].startswith("Recovery rate")]
    assert recovery[1:-1] == ["55%", "52 to 58", "50.0%", "Well above", "1 of 3"]
    assert "How many referrals ended, and how, is not in our copy" in page.body


def test_the_card_of_an_area_has_its_rate_with_england_s_unless_there_is_reason_to_doubt_it(
    some: Comparisons, area_page: Callable[..., Page]
) -> None:
    card = area_page(some, "ccg", "A").card
    assert card is not None
    assert (card.title, card.kind, card.folio, card.number) == ("NHS Alpha CCG", "CCG", "2019–20", "55%")
    assert card.base.startswith("recovery rate, of referrals that finished")
    assert card.base.endswith("at the start, 2019-20. England: 50.0%")
    assert card.chart is not None
    assert card.chart.names == {"accent": "Alpha", "quiet": "England"}
    own = [line.points for line in card.chart.lines if line.tone == "accent"]
    assert own == [((2018, 60.0), (2019, 55.0))]
    for hidden_or_doubtful in ("H", "D"):
        page = area_page(some, "ccg", hidden_or_doubtful)
        assert page.card is not None
        assert (page.card.number, page.card.words) == ("", page.summary)


def test_an_area_page_tells_machines_of_its_files(some: Comparisons, area_page: Callable[..., Page]) -> None:
    found = area_page(some, "ccg", "A").dataset
    assert found is not None
    assert (found.name, found.place) == ("NHS Talking Therapies: NHS Alpha CCG", "NHS Alpha CCG")
    assert (found.first, found.last) == (YEAR, NEXT)
    assert [path for _, path in found.files] == ["areas/a-alpha/figures.csv", "areas/a-alpha/figures.json"]


def test_areas_of_one_name_are_told_apart_by_code_in_their_titles(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    alike = [Organisation("provider", code, "provider", "St John’s Health Centre") for code in ("P1", "P2")]
    rows = [area_row(code, 50, org_type="provider") for code in ("P1", "P2", "P3")]
    comparisons = make_comparisons({"2018-19": rows}, *alike)
    titles = [area_page(comparisons, "provider", code).title for code in ("P1", "P2", "P3")]
    assert titles == ["St John’s Health Centre (P1)", "St John’s Health Centre (P2)", "P3"]


def test_a_hostile_name_stays_text_on_every_page(
    some: Comparisons, area_page: Callable[..., Page], environment: Environment
) -> None:
    charts = charts_of(some)
    pages = [
        area_page(some, "ccg", "X"),
        area_page(some, "ccg", "A"),
        render_standings(some, "ccg", YEAR, charts, environment),
        render_areas_index(some, charts, environment),
        render_compare(some, environment),
    ]
    for page in pages:
        assert "<script" not in page.body, page.path
        assert ("{{ 7 * 7 }}" in page.body) == (page is not pages[1]), page.path
    assert "&lt;script&gt;alert(" in pages[0].body
    assert pages[0].address == "areas/x-script-alert-x-script-7-7/"


def test_what_is_hidden_is_marked_and_what_is_missing_explained(
    some: Comparisons, area_page: Callable[..., Page]
) -> None:
    page = area_page(some, "ccg", "H")
    assert table_rows(page.body, "years") == [
        ["2018-19", "[c]", "1,000", "[c]", "", "50.0%", "", "Its rate is hidden because the number is small"],
    ]
    assert "so it has no place among others." in page.body
    assert "so there is no line to draw." in page.body
    assert "<figure" not in page.body


def test_a_small_area_is_shown_and_not_ranked(some: Comparisons, area_page: Callable[..., Page]) -> None:
    body = area_page(some, "ccg", "S").body
    assert "too few to compare" in body
    assert table_rows(body, "years")[0][-1] == "Fewer than 100 referrals stand under its rate"
    assert '80% recovered in <span class="year">2018-19</span>, of too few referrals to rank' in keep_years_whole(body)
    assert "Had it matched" not in body


def test_a_doubt_is_told_in_the_opening_and_below(some: Comparisons, area_page: Callable[..., Page]) -> None:
    body = area_page(some, "ccg", "D").body
    assert "But the row is in doubt, and so it is given no place here." in body
    assert '<p class="doubt"><b>2018-19.</b> It finished 1,100 courses of treatment and received 900' in body


def test_the_best_tenth_is_told_where_there_are_enough_to_speak_of_one(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    for number, told in ((19, False), (20, True)):
        rows = [area_row(f"A{at}", 40 + at) for at in range(number)]
        body = area_page(make_comparisons({"2018-19": rows}), "ccg", "A0").body
        said = "Had it matched the best tenth of CCGs, where 57% or more recovered in 2018-19, about 170 more"
        assert (said in words_of(body)) is told
        assert ('href="#w-recovery-rate-2018-19-a0-best-tenth">170</a>' in body) is told
        assert ('id="w-recovery-rate-2018-19-a0-best-tenth"' in body) is told
    best = area_page(make_comparisons({"2018-19": rows}), "ccg", "A19").body
    assert "The best tenth of CCGs recovered at 57% or more in 2018-19, and it was among them" in best


def test_five_years_have_a_trend_in_words(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    def page(*rates: int) -> str:
        years = {str(FinancialYear(2018 + at)): [area_row("A", rate)] for at, rate in enumerate(rates)}
        return area_page(make_comparisons(years), "ccg", "A").body

    assert "By the rule of five points, from 2018-19 to 2022-23 recovery was increasing: " in page(40, 44, 48, 52, 56)
    assert "recovery was decreasing: " in page(56, 52, 48, 44, 40)
    assert "recovery showed no significant change: " in page(50, 51, 50, 51, 50)
    assert "By the rule" not in page(40, 44, 48, 52)


def test_an_areas_facts_are_what_is_known_of_where_it_lies(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    alpha = Organisation("ccg", "A", name="NHS Alpha CCG", published_names=("NHS ALPHA CCG", "Alpha (old)"))
    wide, region = Organisation("icb", "Q", name="NHS Wide ICB"), Organisation("region", "Y", name="South East")
    geography = Geography(
        memberships={alpha.key: (region.key, wide.key)},
        council_list={alpha.key: (Council("E1", "Adur"), Council("E2", "Hove"))},
        adjoining={alpha.key: (("ccg", "B"), ("ccg", "Z"))},
    )
    rows = [
        area_row("A", 50),
        area_row("B", 51),
        area_row("Q", 50, org_type="icb"),
        area_row("Y", 50, org_type="region"),
    ]
    comparisons = make_comparisons({"2018-19": rows, "2020-21": rows}, alpha, wide, region, geography=geography)
    body = area_page(comparisons, "ccg", "A").body
    facts = dict(re.findall(r"<dt>(\w[^<]*)</dt><dd>([^<]*)</dd>", body.split("</dl>")[0]))
    assert facts == {
        "Councils": "Adur and Hove", "Within": "NHS Wide ICB", "Region": "South East",
        "Figures": "2018-19 to 2020-21, without 2019-20", "Also called": "Alpha (old)",
    }  # fmt: skip
    related = words_of(body.split('id="related"')[1].split("</section>")[0])
    assert "It lies within South East 50% in 2020-21 NHS Wide ICB 50% in 2020-21" in related
    assert "Its neighbours B 51% in 2020-21" in related
    assert "Z" not in related, "one without figures has no page to link to"


def test_a_recoded_area_says_that_ranks_changed_their_kind(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    old = Organisation("stp", "E", name="Sussex STP", first_year="2018-19")
    new = Organisation("icb", "Q", name="NHS Sussex ICB", first_year="2019-20")
    lineage = Lineage((Succession(old.key, new.key, NEXT, "recoded"),), {old.key: old, new.key: new})
    years = {"2018-19": [area_row("E", 50, org_type="stp")], "2019-20": [area_row("Q", 50, org_type="icb")]}
    body = area_page(make_comparisons(years, old, new, lineage=lineage), "icb", "Q").body
    assert "Ranks before and after the area changed its type are among different kinds of area." in body
    assert ">Codes</dt><dd>Q, E<" in body
    assert 'href="../icb-2019-20/"' in body


def test_groups_are_shown_beside_englands(
    make_comparisons: Make, area_row: Row, area_page: Callable[..., Page]
) -> None:
    def of(code: str | None, **more: object) -> dict[str, object]:
        group = {"breakdown": "gender", "category": "female", **more}
        return (
            area_row(code, 40, 100, **group)
            if code
            else {**area_row("", 45, 9000, **group), "org_type": "england", "org_code": "ENG"}
        )

    body = area_page(make_comparisons({"2018-19": [area_row("A", 50), of("A"), of(None)]}), "ccg", "A").body
    assert table_rows(body, "by-gender") == [["Female", "300", "200", "40", "40%", "45.0%"]]


def test_a_strip_holds_all_its_marks_and_is_silent(some: Comparisons) -> None:
    peers = some.peers("recovery_rate", YEAR, "ccg")
    for peer in (*peers.ranked, peers.row(Organisation("ccg", "S"))):
        strip = str(range_strip(peers, peer))
        assert 'aria-hidden="true"' in strip
        places = [float(found) for found in re.findall(r'(?:M|H|cx=")([\d.]+)', strip)]
        assert all(5 <= place <= 145 for place in places)
    assert range_strip(peers, peers.row(Organisation("ccg", "H"))) == ""


def test_a_comparison_lists_everybody_left_out_ones_too(some: Comparisons) -> None:
    table = standings_table(some, "ccg", YEAR)
    rows = {row.label: tuple(cell if isinstance(cell, str) else cell.text for cell in row.cells) for row in table.rows}
    assert next(iter(rows)) == "England"
    assert len(rows) == 8
    assert rows["NHS Alpha CCG"] == ("3,000", "60%", "57 to 63", "1", "Well above", "37%")
    assert rows["The hub"][-3:] == ("–", "not ranked", "37%")
    assert rows["H"][1:5] == ("[c]", "", "–", "not ranked")
    hub = next(row for row in table.rows if row.label == "The hub")
    assert hub.address == "", "it has no page"


def test_a_comparison_tells_the_ends_and_who_is_left_out_and_why(some: Comparisons, environment: Environment) -> None:
    page = render_standings(some, "ccg", YEAR, charts_of(some), environment)
    body = words_of(page.body)
    assert (page.address, page.title) == ("areas/ccg-2018-19/", "4 CCGs, 2018-19")
    assert "Among the CCGs of 2018-19 that may be named, recovery ran from 40% in &lt;script" in body
    assert "The hub (33%): a commissioning hub, which is no area." in body
    assert "S (80%): fewer than 100 referrals stand under its rate." in body
    assert "D (20%): It finished 1,100 courses of treatment and received 900 referrals" in body
    assert "What happened next" in body
    last = words_of(render_standings(some, "ccg", NEXT, charts_of(some), environment).body)
    assert "What happened next" not in last
    assert "The highest and the lowest CCG of 2019-20" in last


def test_every_type_and_year_with_anybody_ranked_has_a_comparison(make_comparisons: Make, area_row: Row) -> None:
    years = {
        "2018-19": [area_row("A", 50), area_row("P", 50, org_type="provider")],
        "2019-20": [area_row("A", 50), area_row("P", 50, 50, org_type="provider")],
    }
    assert standings(make_comparisons(years)) == [("ccg", NEXT), ("ccg", YEAR), ("provider", YEAR)]
    assert standings_address("sub_icb", YEAR) == "areas/sub-icb-2018-19/"


@pytest.fixture
def mapped(make_comparisons: Make, area_row: Row) -> Comparisons:
    """CCGs with places on a map, one of them small, and one without figures."""
    places = {("ccg", code): Hexagon(at, at % 2) for at, code in enumerate("ABCDSZ")}
    rows = [area_row(code, 40 + 5 * at) for at, code in enumerate("ABCD")]
    improved = {"reliable_improvement": 700, "reliable_improvement_percent": 70}
    rows = [{**row, **improved} for row in (*rows, area_row("S", 90, 50))]
    names = [Organisation("ccg", "A", name="NHS East London CCG"), Organisation("ccg", "B", name="NHS Brighton CCG")]
    return make_comparisons({"2018-19": rows}, *names, geography=Geography(layouts={"ccg": {YEAR: places}}))


def test_a_map_has_a_view_for_each_rate_with_everyone_in_one_band(mapped: Comparisons) -> None:
    maps = hex_maps(mapped, "ccg", YEAR, "areas/ccg-2018-19/")
    assert [found.metric for found in maps] == ["recovery-rate", "reliable-improvement-rate"]
    for found in maps:
        assert len(found.hexagons) == 5
        assert sum(count for *_, count in found.legend) == 5
        for band, _, count in found.legend:
            assert sum(hexagon.band == band for hexagon in found.hexagons) == count
        assert len({(hexagon.x, hexagon.y) for hexagon in found.hexagons}) == 5
        assert all(0 < hexagon.x < found.width and 0 < hexagon.y < found.height for hexagon in found.hexagons)
    assert [hexagon.label for hexagon in maps[0].hexagons if hexagon.label in ("EL", "Brig")] == ["EL", "Brig"]


def test_a_hexagon_says_name_rate_interval_and_rank_or_why_not(mapped: Comparisons) -> None:
    words = {one.words for one in hex_maps(mapped, "ccg", YEAR, "areas/ccg-2018-19/")[0].hexagons}
    assert "NHS East London CCG: 40%, 95% interval 37 to 43, rank 4 of 4" in words
    (small,) = [found for found in words if found.startswith("S: ")]
    assert small.startswith("S: 90%, 95% interval ")
    assert small.endswith(", not ranked: fewer than 100 referrals stand under its rate")


def test_a_map_is_one_drawing_for_each_rate_and_every_hexagon_a_named_link(
    mapped: Comparisons, environment: Environment
) -> None:
    body = render_standings(mapped, "ccg", YEAR, charts_of(mapped), environment).body
    figure = body.split('<figure class="hexmap">')[1].split("</figure>")[0]
    assert figure.count("<svg") == figure.count('type="radio"') == 2
    assert figure.count(" checked") == 1
    assert re.findall(r'<svg [^>]*role="group" aria-label="([^"]*)"', figure) == [
        "Recovery rate on a map of England, 2018-19", "Reliable improvement rate on a map of England, 2018-19",
    ]  # fmt: skip
    links = re.findall(r'<a class="hex"([^>]*)>', figure)
    assert len(links) == 10
    assert all('aria-label="' in link and 'href="../' in link and "data-band=" in link for link in links)
    assert figure.count('class="hexmap__count"') == sum(
        len(found.legend) for found in hex_maps(mapped, "ccg", YEAR, "areas/ccg-2018-19/")
    )


def test_without_a_layout_there_is_no_map(some: Comparisons, environment: Environment) -> None:
    assert hex_maps(some, "ccg", YEAR, "") == []
    assert hex_maps(some, "provider", YEAR, "") == []
    assert "hexmap" not in render_standings(some, "ccg", YEAR, charts_of(some), environment).body


def test_bands_of_a_map_are_those_of_the_words(mapped: Comparisons) -> None:
    peers = mapped.peers("recovery_rate", YEAR, "ccg")
    bands = bands_of(peers)
    found = {one.words.split(":")[0]: one.band for one in hex_maps(mapped, "ccg", YEAR, "areas/")[0].hexagons}
    assert found == {peer.organisation.name: bands.band(peer) for peer in peers.rows}


def test_the_index_lists_every_area_under_its_letter_and_former_names(
    make_comparisons: Make, area_row: Row, environment: Environment
) -> None:
    old = Organisation("ccg", "O", name="NHS Élan CCG", first_year="2018-19")
    new = Organisation("ccg", "N", name="NHS 1st Zeta CCG", first_year="2019-20")
    geography = Geography(council_list={new.key: (Council("E1", "Ælf & Co"),)})
    lineage = Lineage((Succession(old.key, new.key, NEXT, "recoded"),), {old.key: old, new.key: new})
    years = {"2018-19": [area_row("O", 50), area_row("B", 50)], "2019-20": [area_row("N", 50)]}
    comparisons = make_comparisons(years, old, new, lineage=lineage, geography=geography)
    page = render_areas_index(comparisons, charts_of(comparisons), environment)
    assert (page.path, page.layout, page.is_html) == ("areas/index.md", "areas", False)
    assert section(page.body, "a-to-z") == (
        "A to Z 0–9 B E 0–9 NHS 1st Zeta CCG 2018-19 to 2019-20 B B CCG, 2018-19 E NHS Élan CCG now NHS 1st Zeta CCG"
    )
    assert "Ælf &amp; Co NHS 1st Zeta CCG" in section(page.body, "by-council")
    assert 'href="ccg-2019-20/"' in page.body


def test_without_councils_the_index_has_no_list_of_them(some: Comparisons, environment: Environment) -> None:
    assert "by-council" not in render_areas_index(some, charts_of(some), environment).body


def test_an_archive_without_areas_still_has_its_pages(make_comparisons: Make, environment: Environment) -> None:
    empty = make_comparisons({"2018-19": []})
    index, compare = render_areas_index(empty, {}, environment).body, render_compare(empty, environment).body
    assert (
        words_of(index) == "Find your area The releases here hold England’s figures alone, so there is no area to find."
    )
    assert "<h2>" not in index + compare
    assert 'class="compare"' in compare
    assert standings(empty) == []


def test_an_index_of_one_area_is_in_the_singular(
    make_comparisons: Make, area_row: Row, environment: Environment
) -> None:
    one = make_comparisons({"2018-19": [area_row("A", 50)]})
    assert "How 1 area or provider did, since 2018-19:" in render_areas_index(one, {}, environment).body


def test_the_ends_of_every_year_are_set_side_by_side(some: Comparisons, environment: Environment) -> None:
    page = render_compare(some, environment)
    ids = re.findall(r'<section id="([^"]*)"', page.body)
    assert ids == ["pair-ccg-2019-20", "pair-ccg-2018-19"]
    rows = table_rows(page.body, "pair-ccg-2018-19")
    (recovery,) = [row for row in rows if row[0].startswith("Recovery rate")]
    assert recovery[1:] == ["60%", "57 to 63", "40%", "37 to 43", "50.0%"]
    assert rows[0][1:] == ["3,000", "", "3,000", "", "300,000"]
    assert 'data-years="2019-20 2018-19"' in page.body
    assert 'data-year="2019-20"' in page.body


def helpers_of(comparisons: Comparisons) -> EditorsHelpers:
    return EditorsHelpers(comparisons.report, YEAR, "reports/2018-19/", "content/reports/2018-19.md", {}, {})


def test_a_report_tells_the_ends_the_left_out_the_barred_and_the_change(some: Comparisons) -> None:
    parts = area_parts(some, YEAR, helpers_of(some))
    text = words_of(" ".join(parts))
    assert "Not ranked. " in text
    assert "The hub (33%): a commissioning hub, which is no area." in text
    assert "Ranked, but not named: D , 20%. It finished 1,100" in text  # the name is a link
    assert 'href="../../areas/ccg-2018-19/"' in parts[-1]
    assert "<p></p>" not in parts
    after = words_of(" ".join(area_parts(some, NEXT, helpers_of(some))))
    assert "The 90th percentile was " in after


def test_a_report_of_a_year_without_areas_has_no_parts(make_comparisons: Make) -> None:
    empty = make_comparisons({"2018-19": []})
    assert area_parts(empty, YEAR, helpers_of(empty)) == []


def test_a_comparison_hands_over_the_tables_that_it_shows_and_the_latest_the_series(
    some: Comparisons, environment: Environment
) -> None:
    pages = {year: render_standings(some, "ccg", year, charts_of(some), environment) for year in (YEAR, NEXT)}
    for year, page in pages.items():
        linked = links_to_tables(page)
        drawn = {chart.table.name for chart in charts_of(some).values() if isinstance(chart, Chart)}
        assert linked - (drawn - {f"all-ccg-{year}"}) == {f"all-ccg-{year}", f"extremes-ccg-{year}", "spreads-ccg"}
        assert set(page.tables) == (linked if year == NEXT else linked - {"spreads-ccg"})
        table = page.tables[f"all-ccg-{year}"]
        assert table == standings_table(some, "ccg", year)
        assert [row.label for row in table.rows] == [
            unescape(words_of(label))
            for label in re.findall(
                r'<tr[^>]*><th scope="row">(.*?)</th>',
                page.body[page.body.index('id="table-all"') :].split("</table>")[0],
            )
        ]
