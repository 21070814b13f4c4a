"""The dated facts beside the figures: standards, breaks and events."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.archive import Archive
from yearbook.errors import DataError, Problem
from yearbook.registers import (
    SeriesBreak,
    Standard,
    read_breaks,
    read_events,
    read_promises,
    read_standards,
    read_targets,
)
from yearbook.years import FinancialYear

STANDARD = '{metric: recovery_rate, level: 50, from: "2016-17", title: half recover, source: somewhere}'
TAGGED = "The register is not valid YAML: it has a tag"
BREAK = '{year: "2020-21", kind: data set, title: version 2, why: it changed, source: somewhere}'
TARGET = (
    '{metric: entered_treatment, year: "2020-21", level: 1500000, counts: people, title: more people, '
    "caveat: it flatters, source: somewhere}"
)
EVENT = '{year: "2019-20", title: pandemic, text: it began, source: somewhere}'


def register(folder: Path, text: str) -> Path:
    path = folder / "data" / "register.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(folder: Path, text: str, read: Callable[[Path], object] = read_standards) -> list[Problem]:
    with pytest.raises(DataError) as refused:
        read(register(folder, text))
    return list(refused.value.problems)


def test_a_standard_without_an_end_is_still_in_force(tmp_path: Path) -> None:
    (standard,) = read_standards(register(tmp_path, f"- {STANDARD}\n"))
    assert (standard.metric, standard.level, standard.last) == ("recovery_rate", Fraction(50), None)
    assert [standard.in_force(FinancialYear(start)) for start in (2015, 2016, 2030)] == [False, True, True]


def test_a_standard_holds_to_the_end_of_its_last_year(tmp_path: Path) -> None:
    (standard,) = read_standards(register(tmp_path, f"- {STANDARD[:-1]}, to: 2018-19}}\n"))
    assert [standard.in_force(FinancialYear(start)) for start in (2018, 2019)] == [True, False]


def test_a_level_may_have_a_decimal_and_stays_exact(tmp_path: Path) -> None:
    (standard,) = read_standards(register(tmp_path, f"- {STANDARD.replace('50', '67.1')}\n"))
    assert standard.level == Fraction(671, 10)


def test_breaks_and_events_come_earliest_first(tmp_path: Path) -> None:
    breaks = read_breaks(register(tmp_path, f"- {BREAK}\n- {BREAK.replace('2020-21', '2013-14')}\n"))
    assert [found.year.start for found in breaks] == [2013, 2020]
    (tmp_path / "data" / "register.yml").write_text(
        f"- {EVENT}\n- {EVENT.replace('2019-20', '2016-17')}\n", encoding="utf-8"
    )
    assert [event.year.start for event in read_events(tmp_path / "data" / "register.yml")] == [2016, 2019]


def test_targets_come_earliest_first_and_are_each_for_one_year(tmp_path: Path) -> None:
    text = f"- {TARGET}\n- {TARGET.replace('2020-21', '2015-16')}\n"
    targets = read_targets(register(tmp_path, text))
    assert [(target.year.start, target.level, target.counts) for target in targets] == [
        (2015, 1_500_000, "people"),
        (2020, 1_500_000, "people"),
    ]


def test_only_an_event_with_a_mark_is_marked_in_charts(tmp_path: Path) -> None:
    plain, marked = read_events(register(tmp_path, f"- {EVENT}\n- {EVENT[:-1]}, mark: pandemic}}\n"))
    assert (plain.mark, marked.mark) == ("", "pandemic")


@pytest.mark.parametrize(
    ("metrics", "breakdowns", "touched"),
    [
        ((), (), {("recovery_rate", "total"), ("unscored", "total"), ("recovery_rate", "age")}),
        (("unscored",), (), {("unscored", "total")}),
        ((), ("age",), {("recovery_rate", "age")}),
    ],
)
def test_a_break_touches_what_it_names_or_everything(
    metrics: tuple[str, ...], breakdowns: tuple[str, ...], touched: set[tuple[str, str]]
) -> None:
    found = SeriesBreak(FinancialYear(2020), "data set", "t", "w", "s", metrics, breakdowns)
    asked = {("recovery_rate", "total"), ("unscored", "total"), ("recovery_rate", "age")}
    assert {pair for pair in asked if found.touches(*pair)} == touched


def test_an_empty_register_has_no_entries(tmp_path: Path) -> None:
    assert read_standards(register(tmp_path, "# none yet\n")) == ()


def test_every_missing_field_of_every_entry_is_told_with_its_line(tmp_path: Path) -> None:
    text = "- {metric: recovery_rate, level: 50, from: 2016-17, title: t}\n- level: 75\n  title:\n"
    assert [(problem.line, problem.column) for problem in problems_of(tmp_path, text)] == [
        (1, "source"),
        (2, "from"),
        (2, "metric"),
        (2, "source"),
        (2, "title"),
    ]


def test_a_misspelt_field_is_told_with_the_near_one(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, f"- {STANDARD[:-1]}, titel: x}}\n")
    assert (problem.column, problem.fix) == ("titel", "Did you mean title?")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (STANDARD.replace("2016-17", "2016-18"), "did you mean 2016-17?"),
        (STANDARD.replace('"2016-17"', "2016"), '"2016" is not a financial year; write it as 2019-20.'),
        (STANDARD.replace("50", "half"), '"half" is not a number.'),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, what: str) -> None:
    (problem,) = problems_of(tmp_path, f"# the standards\n- {text}\n")
    assert problem.line == 2
    assert problem.what.endswith(what)


def test_a_single_name_is_not_taken_for_a_list_of_letters(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, f"- {BREAK[:-1]}, metrics: unscored}}\n", read_breaks)
    assert (problem.column, problem.what) == ("metrics", '"unscored" is not a list.')


def test_every_field_of_another_kind_is_told_on_its_own_line(tmp_path: Path) -> None:
    text = """\
- metric: [recovery_rate]
  level: {at least: 50}
  from: 2016-17
  title: 50
  source: true
- metric: recovery_rate
  level: true
  from: [2016-17]
  to: 2020-02-30
  title: half recover
  source: 2016-07-01
"""
    assert [(problem.line, problem.column, problem.what) for problem in problems_of(tmp_path, text)] == [
        (1, "metric", "A list is not text."),
        (2, "level", "A mapping of fields is not a number."),
        (4, "title", '"50" is not text.'),
        (5, "source", '"true" is not text.'),
        (7, "level", '"true" is not a number.'),
        (8, "from", "A list is not a financial year."),
        (9, "to", "day is out of range for month."),
        (11, "source", '"2016-07-01" is not text.'),
    ]


@pytest.mark.parametrize(
    ("read", "entry", "field", "value", "what"),
    [
        (read_events, EVENT, "text: it began", "text: [a]", "A list is not text."),
        (read_events, EVENT, "text: it began", "text: it began, mark: 2020", '"2020" is not text.'),
        (read_targets, TARGET, "counts: people", "counts: [people]", "A list is not text."),
        (read_targets, TARGET, "level: 1500000", "level: many", '"many" is not a number.'),
        (read_targets, TARGET, '"2020-21"', "2020", '"2020" is not a financial year'),
        (read_targets, TARGET, ", caveat: it flatters", "", "The entry has no caveat."),
        (read_events, EVENT, "title: pandemic", "title: 2020", '"2020" is not text.'),
        (read_breaks, BREAK, "why: it changed", "why: {a: b}", "A mapping of fields is not text."),
        (read_breaks, BREAK, "why: it changed", "why: b, breakdowns: [age, 5]", '"5" is not text.'),
        (
            read_breaks,
            BREAK,
            "kind: data set",
            "kind: !!python/name:os.system x",
            "The register is not valid YAML: it has a tag",
        ),
        (read_breaks, BREAK, "kind: data set", "kind: !!int x", "The register is not valid YAML: it has a tag"),
    ],
)
def test_breaks_and_events_hold_text(
    tmp_path: Path, read: Callable[[Path], object], entry: str, field: str, value: str, what: str
) -> None:
    (problem,) = problems_of(tmp_path, f"\n- {entry.replace(field, value)}\n", read)
    assert problem.line == 2
    assert problem.what.startswith(what)


def test_a_field_that_stands_twice_is_told(tmp_path: Path) -> None:
    text = EVENT[:-1].replace(", ", "\n  ").lstrip("{") + "\n  title: again"
    (problem,) = problems_of(tmp_path, f"- {text}\n", read_events)
    assert (problem.line, problem.what) == (5, "The entry has title twice, on line 2 too.")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- a: [\n", 2, "not valid YAML"),
        ("metric: recovery_rate\n", 1, "not a list of entries"),
        ("words\n", 1, "not a list of entries"),
        ("- {}\n- words\n", 2, '"words" is not an entry.'),
        ("- {}\n- [a, b]\n", 2, "A list is not an entry."),
    ],
)
def test_a_file_of_another_shape_is_told_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    found = [problem for problem in problems_of(tmp_path, text) if problem.line == line]
    assert what in found[0].what
    assert found[0].file == "data/register.yml"


def test_a_register_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = register(tmp_path, "")
    path.write_bytes("- {title: café}\n".encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_standards(path)


def test_a_standard_compares_by_what_it_says() -> None:
    year = FinancialYear(2016)
    assert Standard("m", Fraction(50), year, None, "t", "s") == Standard("m", Fraction(100, 2), year, None, "t", "s")


PROMISE = "{name: a, title: all will be well, said: all, made: once, caveat: told, source: somebody}"


def test_a_promise_may_have_no_number_no_year_and_nothing_beside_it(tmp_path: Path) -> None:
    (promise,) = read_promises(register(tmp_path, f"- {PROMISE}\n"))
    assert (promise.level, promise.unit, promise.year, promise.metric, promise.secondary) == (None, "", None, "", False)


def test_the_level_of_a_promise_may_be_a_fraction_and_stays_exact(tmp_path: Path) -> None:
    text = f"- {PROMISE[:-1]}, level: 200/3, unit: percent, secondary: true}}\n"
    (promise,) = read_promises(register(tmp_path, text))
    assert (promise.level, promise.secondary) == (Fraction(200, 3), True)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("level: 50", "The entry has a level and no unit."),
        ("unit: percent", "The entry has a unit and no level."),
        ("level: half, unit: percent", '"half" is neither a number nor a fraction.'),
        ("level: 1/0, unit: percent", '"1/0" is neither a number nor a fraction.'),
        ("level: true, unit: percent", '"True" is neither a number nor a fraction.'),
        ("year: 2020", '"2020" is not a financial year'),
        ("secondary: perhaps", '"perhaps" is neither true nor false.'),
    ],
)
def test_a_fault_of_a_promise_is_told(tmp_path: Path, more: str, what: str) -> None:
    (problem,) = problems_of(tmp_path, f"- {PROMISE[:-1]}, {more}}}\n", read_promises)
    assert problem.line == 1
    assert problem.what.startswith(what)


def test_the_founding_promises_are_told_by_others_and_say_so(archive: Archive) -> None:
    promises = {promise.name: promise for promise in archive.promises}
    finish, recover, product = (
        promises[name] for name in ("premise-finish", "premise-recover", "premise-recover-of-started")
    )
    assert finish.secondary
    assert recover.secondary
    assert finish.level is not None
    assert recover.level is not None
    assert product.level == finish.level * recover.level / 100
