"""Which areas have a page, under which address, with which names and in which years."""

from collections.abc import Callable
from typing import Any

import pytest

from yearbook.areas import Area, Areas, is_pseudo, short_name
from yearbook.geography import Geography
from yearbook.lineage import Lineage
from yearbook.organisations import ENGLAND, Organisation
from yearbook.peers import Comparisons
from yearbook.successions import Succession
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def made(make_comparisons: Make, area_row: Row) -> Callable[..., Areas]:
    """The areas of an archive of one year that has these organisations."""

    def make(*known: Organisation) -> Areas:
        rows = [area_row(one.code, 50, org_type=one.org_type) for one in known]
        return make_comparisons({"2018-19": rows}, *known).areas

    return make


@pytest.mark.parametrize(
    ("org_type", "name", "short"),
    [
        ("ccg", "NHS Brighton and Hove CCG", "Brighton and Hove"),
        ("icb", "NHS Sussex Integrated Care Board", "Sussex"),
        ("stp", "Sussex Health and Care STP", "Sussex Health and Care"),
        ("ccg", "NHS CCG", "CCG"),
        ("provider", "NHS Trust of Somewhere", "NHS Trust of Somewhere"),
        ("ccg", "", ""),
    ],
)
def test_a_short_name_leaves_off_what_every_name_of_the_type_has(org_type: str, name: str, short: str) -> None:
    assert short_name(Organisation(org_type, "X", name=name)) == short


@pytest.mark.parametrize(("kind", "pseudo"), [("area", 0), ("provider", 0), ("commissioning hub", 1), ("unknown", 1)])
def test_hubs_and_the_unknown_are_no_areas(kind: str, pseudo: int) -> None:
    assert is_pseudo(Organisation("ccg", "14R", kind)) == bool(pseudo)


def test_neither_england_nor_a_pseudo_area_has_a_page(made: Callable[..., Areas]) -> None:
    areas = made(
        Organisation("ccg", "00A", name="NHS A CCG"),
        Organisation("ccg", "14R", "commissioning hub", "A hub"),
        Organisation("ccg", "UNKNOWN", "unknown", "Unknown"),
    )
    assert [area.name for area in areas.all] == ["NHS A CCG"]
    assert areas.of(("ccg", "14R")) is None
    assert areas.of(ENGLAND.key) is None
    assert [found.code for found in areas.of_type("ccg", YEAR)] == ["00A", "14R", "UNKNOWN"]


def test_an_organisation_without_figures_has_no_page(make_comparisons: Make, area_row: Row) -> None:
    ghost = Organisation("ccg", "00Z", name="NHS Ghost CCG")
    areas = make_comparisons({"2018-19": [area_row("00A", 50)]}, ghost).areas
    assert [area.current.code for area in areas.all] == ["00A"]


@pytest.mark.parametrize(
    ("code", "name", "slug"),
    [
        ("09D", "NHS Brighton and Hove CCG", "09d-brighton-and-hove"),
        ("00A", "NHS King’s Lynn's CCG", "00a-kings-lynns"),
        ("00A", "Ynys Môn – Zoë & Sons", "00a-ynys-mon-zoe-sons"),
        ("00A", '<script>alert("x")</script>', "00a-script-alert-x-script"),
        ("00A", "../../etc/passwd", "00a-etc-passwd"),
        ("../A", "..", "a"),
        ("00A", "東京", "00a"),
        ("00A", "", "00a"),
        ("東", "京", "ccg"),
    ],
)
def test_an_address_is_plain_whatever_the_name_is(code: str, name: str, slug: str, made: Callable[..., Areas]) -> None:
    (area,) = made(Organisation("ccg", code, name=name)).all
    assert area.address == f"areas/{slug}/"


def test_no_two_areas_share_an_address(made: Callable[..., Areas]) -> None:
    areas = made(
        Organisation("stp", "QHL", name="Birmingham and Solihull STP"),
        Organisation("icb", "QHL", name="NHS Birmingham and Solihull ICB"),
        Organisation("ccg", "00a", name="A/B"),
        Organisation("ccg", "00A", name="A B"),
        Organisation("ccg", "00A-", name="A-B"),
    )
    found = {area.current.key: area.slug for area in areas.all}
    assert found["icb", "QHL"] == "qhl-birmingham-and-solihull"
    assert found["stp", "QHL"] == "qhl-birmingham-and-solihull-stp"
    assert {slug for (org_type, _), slug in found.items() if org_type == "ccg"} == {
        "00a-a-b", "00a-a-b-ccg", "00a-a-b-ccg-2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "slug"), [("england", "", "england-ccg"), ("CCG", "2018-19", "ccg-2018-19-ccg")]
)
def test_no_area_lies_where_englands_files_or_a_comparison_lie(
    code: str, name: str, slug: str, made: Callable[..., Areas]
) -> None:
    (area,) = made(Organisation("ccg", code, name=name)).all
    assert area.slug == slug


def test_areas_come_by_type_and_then_by_name(made: Callable[..., Areas]) -> None:
    areas = made(
        Organisation("provider", "R1", "provider", "Alpha"),
        Organisation("ccg", "00B", name="NHS beta CCG"),
        Organisation("ccg", "00A", name="NHS Gamma CCG"),
        Organisation("icb", "Q1", name="NHS Zeta ICB"),
    )
    assert [area.current.code for area in areas.all] == ["Q1", "00B", "00A", "R1"]
    assert areas.types_in(YEAR) == ("icb", "ccg", "provider")
    assert areas.types_in(NEXT) == ()


def one_ground(make_comparisons: Make, area_row: Row) -> Area:
    old = Organisation("stp", "E54", name="Sussex STP", published_names=("SUSSEX",))
    new = Organisation("icb", "QNX", name="NHS Sussex ICB", published_names=("NHS SUSSEX ICB", "SUSSEX ICB"))
    years = {
        "2018-19": [area_row("E54", 50, org_type="stp")],
        "2019-20": [area_row("QNX", 50, org_type="icb")],
    }
    joined = Succession(old.key, new.key, NEXT, "recoded")
    known = {one.key: one for one in (old, new)}
    (area,) = make_comparisons(years, old, new, lineage=Lineage((joined,), known)).areas.all
    return area


def test_what_was_recoded_is_one_area_under_its_last_name(make_comparisons: Make, area_row: Row) -> None:
    area = one_ground(make_comparisons, area_row)
    assert (area.name, area.short, area.type_word, area.codes) == ("NHS Sussex ICB", "Sussex", "ICB", ("QNX", "E54"))
    assert area.address == "areas/qnx-sussex/"
    assert area.years == (YEAR, NEXT)
    before, after, never = (area.in_year(FinancialYear(year)) for year in (2018, 2019, 2020))
    assert (before and before.code, after and after.code, never) == ("E54", "QNX", None)


def test_former_names_are_the_others_once_each_whatever_their_case(make_comparisons: Make, area_row: Row) -> None:
    assert one_ground(make_comparisons, area_row).former_names == ("SUSSEX ICB", "Sussex STP", "SUSSEX")


def test_an_area_holds_those_that_lie_in_it(make_comparisons: Make, area_row: Row) -> None:
    known = (
        Organisation("icb", "Q1", name="NHS Wide ICB"),
        Organisation("ccg", "00B", name="NHS Beta CCG"),
        Organisation("provider", "R1", "provider", "Alpha"),
    )
    inside: Any = {("ccg", "00B"): (("icb", "Q1"),), ("provider", "R1"): (("region", "Y1"), ("icb", "Q1"))}
    rows = [area_row(one.code, 50, org_type=one.org_type) for one in known]
    areas = make_comparisons({"2018-19": rows}, *known, geography=Geography(memberships=inside)).areas
    wide, beta, _ = areas.all
    assert [area.current.code for area in areas.within(wide)] == ["00B", "R1"]
    assert areas.within(beta) == ()
