"""Everybody of a type in a year, as a table to take away: the page that compares them shows the same one."""

from yearbook.areas import FOLDER, TYPE_WORDS
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.peers import HEADLINE, MAPPED, Comparisons
from yearbook.tables import Cell, Row, Table, percent_range, with_notes
from yearbook.wording import SHORT_VERDICTS, verdict_words
from yearbook.years import FinancialYear


def standings_address(org_type: str, year: FinancialYear) -> str:
    """`areas/ccg-2020-21/`: the page that compares the organisations of a type in a year."""
    return f"{FOLDER}/{org_type.replace('_', '-')}-{year}/"


def standings(comparisons: Comparisons) -> list[tuple[str, FinancialYear]]:
    """Every type and year that can be compared, the latest year first."""
    return [
        (org_type, year)
        for year in reversed(comparisons.report.years)
        for org_type in comparisons.areas.types_in(year)
        if comparisons.peers(HEADLINE, year, org_type).ranked
    ]


def standings_table_name(org_type: str, year: FinancialYear) -> str:
    """`all-ccg-2020-21`: what the files of their table are called."""
    return f"{_table_id(org_type)}-{year}"


def _table_id(org_type: str) -> str:
    return f"all-{org_type.replace('_', '-')}"


def standings_table(comparisons: Comparisons, org_type: str, year: FinancialYear) -> Table:
    """Every organisation of the type, those left out too: its rates, interval, rank, what it received.

    England comes first. The rates are those that any of them is ranked by.
    """
    shown = tuple(name for name in MAPPED if comparisons.peers(name, year, org_type).ranked)
    peers = comparisons.peers(HEADLINE, year, org_type)

    def cells(organisation: Organisation, interval: str, rank: str, verdict: str) -> tuple[Cell | str, ...]:
        places = None if organisation.key == ENGLAND.key else 0

        def cell(name: str) -> Cell:
            count = METRICS_BY_NAME[name].unit == "count"
            working = comparisons.report.working(name, year, organisation)
            return Cell(name, year, working, None if count else places)

        rates = (cell(name) for name in shown)
        flow = cell("finished_of_received")
        return cell("referrals_received"), *rates, interval, rank, verdict, flow

    rows = [Row("England", cells(ENGLAND, "", "", ""), is_base=True, code=ENGLAND.code)]
    for peer in peers.rows:
        area = comparisons.areas.of(peer.organisation.key)
        verdict = SHORT_VERDICTS[verdict_words(peer, "higher")] if peer.rank else "not ranked"
        found = cells(peer.organisation, percent_range(peer.interval), str(peer.rank or "–"), verdict)
        address = area.address if area else ""
        rows.append(Row(peer.organisation.name, found, address=address, code=peer.organisation.code))
    columns = (
        sentence_case(TYPE_WORDS[org_type][0]), "Received", *(METRICS_BY_NAME[name].title for name in shown),
        "95% interval of recovery", "Rank", "Against England", "Finished, of received",
    )  # fmt: skip
    caption = f"All {TYPE_WORDS[org_type][1]}, {year}"
    return with_notes(Table(_table_id(org_type), caption, columns, tuple(rows), own_working=True, year=year))
