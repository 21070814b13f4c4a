"""Lineage and geography of the real organisations, held to the counts that were published for them."""

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

from yearbook.archive import Archive
from yearbook.geography import Hexagon
from yearbook.importing.geography import compute_geography, layouts_of
from yearbook.importing.grounds import Grounds, read_told
from yearbook.importing.hexagons import beside_of
from yearbook.importing.lookups import read_lookups
from yearbook.lineage import Key
from yearbook.years import FinancialYear

AREA_TYPES = ("ccg", "stp", "icb")
LAYOUTS = (
    "ccg-2017-18", "ccg-2018-19", "ccg-2019-20", "ccg-2020-21", "ccg-2021-22", "icb-2022-23", "stp-2017-18",
    "stp-2018-19", "stp-2020-21",
)  # fmt: skip

ROUNDING = 2.5
"""How far a published count below England may be from the true one."""


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def received(archive: Archive, key: Key, when: FinancialYear) -> int:
    figure = archive.releases[when].figure("referrals_received", key)
    return int(figure.exact) if figure.known else 0


def areas(archive: Archive, org_type: str, when: FinancialYear) -> list[Key]:
    found = [
        one.key
        for one in archive.organisations.values()
        if one.org_type == org_type and one.kind == "area" and one.first_year <= str(when) <= one.last_year
    ]
    return sorted(found)


@pytest.fixture(scope="module")
def lookups(project: Path) -> Path:
    folder = project.parent / "shared" / "geography"
    if not folder.exists():
        pytest.skip("the public lookups lie outside the repository and are not here")
    return folder


# Lineage


@pytest.mark.parametrize(
    ("key", "today"),
    [
        (("ccg", "09D"), ("icb", "QNX")),
        (("ccg", "05W"), ("icb", "QNC")),
        (("ccg", "03A"), ("icb", "QWO")),
        (("ccg", "10H"), ("icb", "QU9")),
        (("ccg", "02Q"), ("icb", "QT1")),
        (("stp", "E54000010"), ("icb", "QNC")),
        (("stp", "E54000047"), ("icb", "QHM")),
        (("region", "Y56"), ("region", "Y56")),
    ],
)
def test_what_an_area_is_today(archive: Archive, key: Key, today: Key) -> None:
    assert archive.lineage.today(key) == (today,)


def test_kirklees_is_the_sum_of_two(archive: Archive) -> None:
    joining = archive.lineage.join(("ccg", "X2C4Y"), year("2019-20"), year("2021-22"))
    assert (joining.kind, joining.codes) == ("summed", (("ccg", "03A"), ("ccg", "03J")))
    assert [each.new for each in archive.lineage.successors(("ccg", "03A"))] == [("ccg", "X2C4Y")]


def test_staffordshire_is_one_ground_under_three_codes(archive: Archive) -> None:
    ground = (("stp", "E54000010"), ("stp", "QNC"), ("icb", "QNC"))
    assert archive.lineage.ground(("icb", "QNC")) == ground
    assert archive.lineage.join(("icb", "QNC"), year("2017-18"), year("2023-24")).kind == "recoded"


def test_sussex_lost_east_surrey_and_says_so(archive: Archive) -> None:
    assert archive.lineage.ground(("stp", "QNX")) == (("stp", "QNX"), ("icb", "QNX"))
    joining = archive.lineage.join(("icb", "QNX"), year("2019-20"), year("2022-23"))
    assert joining.kind == "redrawn"
    assert joining.why == (
        "Part of Sussex and East Surrey STP passed to Surrey Heartlands Health & Care Partnership (STP) in 2020-21."
    )


def test_the_regions_were_split(archive: Archive) -> None:
    assert archive.lineage.today(("region", "Y55")) == (("region", "Y60"), ("region", "Y61"))
    assert archive.lineage.today(("region", "Y54")) == (("region", "Y62"), ("region", "Y63"))
    assert archive.lineage.today(("region", "Y57")) == (("region", "Y58"), ("region", "Y59"))
    assert archive.lineage.join(("region", "Y60"), year("2018-19"), year("2019-20")).kind == "broken"


def test_every_area_that_has_ended_has_a_successor(archive: Archive) -> None:
    last = str(archive.years[-1])
    ended = [one.key for one in archive.organisations.values() if one.kind == "area" and one.last_year < last]
    assert len(ended) > 300
    assert [key for key in ended if not archive.lineage.successors(key)] == []
    assert all(archive.organisations[end].last_year == last for key in ended for end in archive.lineage.today(key))


def test_no_succession_lies_outside_the_years_with_figures(archive: Archive) -> None:
    assert {each.year for each in archive.lineage.successions} <= set(archive.years[1:])


def test_every_icb_goes_back_to_an_stp(archive: Archive) -> None:
    icbs = areas(archive, "icb", year("2022-23"))
    assert len(icbs) == 42
    for icb in icbs:
        before = [each for each in archive.lineage.predecessors(icb) if each.kind in ("recoded", "redrawn")]
        assert [each.old for each in before if each.old[0] == "stp"] == [("stp", icb[1])], icb
        assert archive.lineage.join(icb, year("2018-19"), year("2023-24")).kind in ("recoded", "redrawn")


def test_codes_of_one_ground_in_one_year_have_the_same_counts(archive: Archive) -> None:
    # A CCG that was its whole STP: what both published must be equal but for rounding.
    compared = 0
    for icb in areas(archive, "icb", year("2022-23")):
        for when in archive.years:
            present = [key for key in archive.lineage.ground(icb) if key in areas(archive, key[0], when)]
            counts = [received(archive, key, when) for key in present]
            assert not counts or max(counts) - min(counts) <= 2 * ROUNDING, (icb, when)
            compared += len(counts) > 1
    assert compared >= 30


def test_counts_of_a_ground_do_not_jump_when_its_code_changes(archive: Archive) -> None:
    changes = [
        each
        for each in archive.lineage.successions
        if each.kind == "recoded" and each.old[0] == "stp" and each.new[0] == "stp"
    ]
    assert len(changes) == 37
    england = received(archive, ("england", "ENG"), year("2020-21")) / received(
        archive, ("england", "ENG"), year("2019-20")
    )
    for each in changes:
        if each.new == ("stp", "QWU"):  # most of Coventry and Warwickshire's records of 2020-21 are missing
            continue
        ratio = received(archive, each.new, each.year) / received(archive, each.old, each.year.previous)
        assert 0.7 < ratio / england < 1.3, each


# Memberships


def sums_of_ccgs(archive: Archive, wider: list[Key], when: FinancialYear) -> dict[Key, tuple[int, float]]:
    """The referrals of the CCGs of each wider area, and how far rounding may put the sum out."""
    sums, parts = Counter(dict.fromkeys(wider, 0)), Counter[Key]()
    for ccg in areas(archive, "ccg", when):
        (parent,) = [key for key in archive.geography.parents(ccg) if key in wider]
        sums[parent] += received(archive, ccg, when)
        parts[parent] += 1
    return {key: (sums[key], ROUNDING * (parts[key] + 1)) for key in wider}


def test_the_ccgs_of_an_stp_add_up_to_what_was_published_for_it(archive: Archive) -> None:
    checked = 0
    for when in archive.years:
        stps = areas(archive, "stp", when)
        for stp, (total, room) in (sums_of_ccgs(archive, stps, when) if stps else {}).items():
            assert abs(total - received(archive, stp, when)) <= room, (stp, when)
            checked += 1
    assert checked == 44 + 4 * 42


def test_the_ccgs_of_a_region_add_up_to_what_was_published_for_it(archive: Archive) -> None:
    for when in [FinancialYear(start) for start in range(2017, 2022)]:
        sums = sums_of_ccgs(archive, areas(archive, "region", when), when)
        hubs = sum(
            received(archive, one.key, when)
            for one in archive.organisations.values()
            if one.kind == "commissioning hub" and one.first_year <= str(when) <= one.last_year
        )
        # In 2017-18 and 2018-19 the publisher put the CCGs that had just merged in no region at all.
        nowhere = received(archive, ("region", "UNKNOWN"), when) if when < year("2019-20") else 0
        for region, (total, room) in sums.items():
            assert -hubs - room <= total - received(archive, region, when) <= nowhere + room, (region, when)
        excess = sum(total - received(archive, region, when) for region, (total, _) in sums.items())
        assert excess <= nowhere + sum(room for _, room in sums.values())


def test_the_icbs_of_a_region_add_up_to_it(archive: Archive) -> None:
    for when in (year("2022-23"), year("2023-24")):
        sums: Counter[Key] = Counter()
        for icb in areas(archive, "icb", when):
            (region,) = archive.geography.parents(icb)
            sums[region] += received(archive, icb, when)
        for region in areas(archive, "region", when):
            assert sums[region] == pytest.approx(received(archive, region, when), rel=0.01), (region, when)


def test_every_area_and_provider_lies_somewhere(archive: Archive) -> None:
    for key, one in archive.organisations.items():
        if one.kind in ("area", "provider") and one.org_type not in ("england", "region"):
            types = {parent[0] for parent in archive.geography.parents(key)}
            needed = {"ccg": {"region", "stp", "icb"}, "stp": {"region"}, "icb": {"region"}}
            assert needed.get(one.org_type, {"region", "icb"}) <= types, key


def test_councils_are_found_for_every_ccg_and_icb(archive: Archive) -> None:
    for key, one in archive.organisations.items():
        if one.kind == "area" and one.org_type in ("ccg", "icb"):
            assert archive.geography.councils(key), key
    assert archive.geography.councils(("ccg", "09D")) == ("Brighton and Hove",)
    (kirklees,) = archive.geography.council_list["ccg", "03A"]
    assert (kirklees.name, kirklees.via) == ("Kirklees", "X2C4Y")
    assert "High Peak" in archive.geography.councils(("icb", "QJ2"))
    assert "High Peak" not in archive.geography.councils(("icb", "QOP"))


def test_every_provider_has_a_town(archive: Archive) -> None:
    providers = [key for key in archive.organisations if key[0] == "provider"]
    assert [key for key in providers if not archive.geography.town(key)] == []


# Neighbours


def test_to_adjoin_is_mutual_and_nobody_is_alone_but_islands(archive: Archive) -> None:
    for key, one in archive.organisations.items():
        if one.kind == "area" and one.org_type in AREA_TYPES:
            neighbours = archive.geography.neighbours(key)
            assert neighbours or key == ("ccg", "10L"), key  # the Isle of Wight
            assert all(key in archive.geography.neighbours(other) for other in neighbours)


def test_neighbours_are_those_of_the_map(archive: Archive) -> None:
    assert archive.geography.neighbours(("icb", "QT6")) == (("icb", "QJK"),)
    assert archive.geography.neighbours(("ccg", "09D")) == (
        ("ccg", "09G"), ("ccg", "09X"), ("ccg", "70F"), ("ccg", "97R"), ("ccg", "99K"),
    )  # fmt: skip
    assert set(archive.geography.neighbours(("icb", "QNX"))) == {("icb", "QKS"), ("icb", "QRL"), ("icb", "QXU")}


# Hex maps


def cells_of(archive: Archive, layout: str) -> dict[Key, Hexagon]:
    org_type, _, when = layout.partition("-")
    return dict(archive.geography.hexagons(org_type, year(when)))


def centre(cell: Hexagon) -> tuple[float, float]:
    return cell.column + cell.row % 2 / 2, -cell.row * math.sqrt(3) / 2


def test_every_area_of_every_year_has_a_cell(archive: Archive) -> None:
    for when in archive.years:
        for org_type in AREA_TYPES:
            known = areas(archive, org_type, when)
            if known:
                assert sorted(archive.geography.hexagons(org_type, when)) == known, (org_type, when)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_areas_share_a_cell_and_the_map_is_one_piece_without_holes(archive: Archive, layout: str) -> None:
    cells = list(cells_of(archive, layout).values())
    assert len(set(cells)) == len(cells)
    taken = set(cells)
    around = {Hexagon(column, row) for column in range(-2, 40) for row in range(-2, 40)}
    for group, start in ((taken, cells[0]), (around - taken, Hexagon(-2, -2))):
        left, waiting = group - {start}, [start]
        while waiting:
            touched = left.intersection(beside_of(waiting.pop()))
            left -= touched
            waiting += touched
        assert left == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_neighbours_stay_near(archive: Archive, layout: str) -> None:
    cells = cells_of(archive, layout)
    pairs = {(key, other) for key in cells for other in archive.geography.neighbours(key) if key < other in cells}
    apart = [math.dist(centre(cells[one]), centre(cells[other])) for one, other in pairs]
    assert len(apart) > len(cells)
    assert sum(apart) / len(apart) < 1.45
    assert sum(distance < 1.1 for distance in apart) / len(apart) > 0.57
    assert max(apart) < 3.7


@pytest.mark.parametrize("layout", ["ccg-2020-21", "ccg-2021-22"])
def test_areas_lie_where_they_are_in_england(archive: Archive, lookups: Path, layout: str) -> None:
    # The best fit of the cells by moving, turning and scaling all of them alike (a similarity): what is left is how
    # far areas had to move so that London has room.
    with (lookups / f"ccg_{layout[4:8]}_centroids.csv").open(encoding="utf-8", newline="") as file:
        places = {row["ods"]: complex(float(row["easting"]), float(row["northing"])) for row in csv.DictReader(file)}
    cells = {key[1]: complex(*centre(cell)) for key, cell in cells_of(archive, layout).items()}
    assert set(cells) == set(places)
    middle, home = sum(places.values()) / len(places), sum(cells.values()) / len(cells)
    turn = sum((cells[code] - home) * (places[code] - middle).conjugate() for code in cells) / sum(
        abs(places[code] - middle) ** 2 for code in cells
    )
    moved = [abs(cells[code] - home - turn * (places[code] - middle)) for code in cells]
    assert sum(moved) / len(moved) < {"ccg-2020-21": 1.2, "ccg-2021-22": 1.1}[layout]
    assert abs(math.degrees(math.atan2(turn.imag, turn.real))) < 12


# The importer


def test_the_lookups_give_the_files_again(archive: Archive, project: Path, lookups: Path) -> None:
    grounds = Grounds(read_lookups(lookups), read_told(project / "data" / "crosswalks"), archive.organisations)
    assert {f"{org_type}-{when}" for org_type, when in layouts_of(grounds)} == set(LAYOUTS)
    made = compute_geography(project / "data", lookups, layouts=())
    assert len(made.files) == 6  # without the hex maps
    for name, content in made.files.items():
        assert (project / "data" / name).read_bytes() == content, name


def test_the_outlines_give_a_hex_map_again(archive: Archive, project: Path, lookups: Path) -> None:
    pytest.importorskip("scipy", reason="hex maps are laid out with scipy, of the dev packages")
    made = compute_geography(project / "data", lookups, layouts=("icb-2022-23",))
    written = (project / "data" / "hexagons.csv").read_text("utf-8").splitlines()
    assert made.files["hexagons.csv"].decode().splitlines()[1:] == [row for row in written if row.startswith("icb-")]
