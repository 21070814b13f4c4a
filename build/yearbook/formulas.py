"""How a metric is computed from measures, and the working it leaves behind.

A formula is data: signed terms over and under a line. That one description computes the value, prints
its working, names the measures it needs and is tested by its worked example. Which source a value comes
from is decided here too, for a whole formula at a time: a rate never has its numerator from one basis
and its denominator from another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yearbook.formatting import format_figure
from yearbook.measures import MEASURES_BY_NAME
from yearbook.releases import TOTAL, Breakdown
from yearbook.values import Figure, Status, percentage, quotient, weakest


@dataclass(frozen=True, slots=True)
class Term:
    """One measure of a formula: added, or taken away when `sign` is -1.

    `breakdown` is the row the measure is read from; None means the row the metric is asked for.
    """

    measure: str
    sign: int = 1
    breakdown: Breakdown | None = None

    @property
    def given_name(self) -> str:
        """What a worked example calls its number, so that one measure can stand in it twice."""
        if self.breakdown is None:
            return self.measure
        return f"{self.measure} {'in all' if self.breakdown == TOTAL else 'within the limit'}"


def plus(measure: str, breakdown: Breakdown | None = None) -> Term:
    """`measure`, added."""
    return Term(measure, 1, breakdown)


def minus(measure: str) -> Term:
    """`measure`, taken away."""
    return Term(measure, -1)


@dataclass(frozen=True, slots=True)
class Formula:
    """The terms over the line and, for a rate or a ratio, those under it.

    `unit` is that of the result: `percent` multiplies by 100, `ratio` does not; without terms under the
    line the result is the sum of the terms over it, in their own unit. `otherwise` are terms that add up
    to the same as those over the line, for a source that publishes the parts and not the whole.
    """

    over: tuple[Term, ...]
    under: tuple[Term, ...] = ()
    unit: str = "count"
    otherwise: tuple[Term, ...] = ()

    def terms(self) -> Iterator[Term]:
        """Every term, over the line first."""
        yield from self.over
        yield from self.under


@dataclass(frozen=True, slots=True)
class Operand:
    """A term with the number it had, where that came from and on which basis."""

    term: Term
    figure: Figure
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class Working:
    """How one value came about.

    `figure` is the unrounded result. `over` and `under` hold the operands of the formula; both are empty
    when the value was published as a rate and taken as it is; `places` are then its published decimals.
    `basis` says what kind of source the value has.
    """

    figure: Figure
    basis: str
    over: tuple[Operand, ...] = ()
    under: tuple[Operand, ...] = ()
    source: str = ""
    places: int | None = None

    def text(self, places: int | None = None) -> str:
        """The value as the site prints it, with no more decimals than the source gave a published rate."""
        if self.places is not None:
            places = self.places if places is None else min(places, self.places)
        return format_figure(self.figure, places)

    @property
    def numerator(self) -> Figure | None:
        """The sum of the terms over the line, None for a published rate."""
        return total(self.over) if self.over else None

    @property
    def denominator(self) -> Figure | None:
        """The sum of the terms under the line, None where there is none."""
        return total(self.under) if self.under else None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the operands, each once, in order."""
        named = [operand.source for operand in (*self.over, *self.under)] or [self.source]
        return tuple(dict.fromkeys(source for source in named if source))


@dataclass(frozen=True, slots=True)
class Source:
    """One basis a value can be had on: how to look up a term, and the rates published on that basis.

    `look_up` gives the figure of a term, the citation it comes from and that number's own basis: a source
    may draw on better ones than its own. `rates` holds, by metric, the
    rate as published, its citation and its decimals; `rates_first` says that they go before our own
    computation, as they do wherever the counts are rounded.
    """

    basis: str
    look_up: Callable[[Term], tuple[Figure, str, str]]
    rates: Mapping[str, tuple[Figure, str, int]]
    rates_first: bool = False


def evaluate(formula: Formula, source: Source) -> Working:
    """The formula's value from one source.

    Suppressed when any operand is, otherwise not collected when any operand is missing; an operand that
    does not apply makes the whole not applicable. A denominator of 0 gives not applicable.
    """
    over = tuple(Operand(term, *source.look_up(term)) for term in formula.over)
    under = tuple(Operand(term, *source.look_up(term)) for term in formula.under)
    numerator = total(over)
    if not under:
        figure = numerator
    elif formula.unit == "ratio":
        figure = quotient(numerator, total(under))
    else:
        figure = percentage(numerator, total(under))
    used = {operand.basis for operand in (*over, *under)}
    basis = source.basis if source.basis in used or len(used) != 1 else used.pop()
    return Working(figure, basis, over, under)


def resolve(name: str, formula: Formula, sources: Sequence[Source]) -> Working:
    """The value of the metric `name` from the first source that has all of it.

    In each source the formula's own terms are tried first, then the terms it can do with otherwise, then
    the rate as that source published it (first of all where the source says so). A value that a source
    suppresses is suppressed: no other way is tried, lest it give the value away.
    """
    missing: Working | None = None
    for source in sources:
        for working in _attempts(name, formula, source):
            if working.figure.status is not Status.NOT_COLLECTED:
                return working
            missing = missing or working
    return missing or Working(Figure.missing(Status.NOT_COLLECTED, formula.unit), "")


def _attempts(name: str, formula: Formula, source: Source) -> Iterator[Working]:
    published = None
    if name in source.rates:
        figure, citation, places = source.rates[name]
        published = Working(figure, source.basis, source=citation, places=places)
    if published and source.rates_first:
        yield published
    yield evaluate(formula, source)
    if formula.otherwise:
        yield evaluate(Formula(formula.otherwise, formula.under, formula.unit), source)
    if published and not source.rates_first:
        yield published


def total(operands: Sequence[Operand]) -> Figure:
    """The signed sum of the operands.

    Below England it can fall a little under 0, because each count was rounded by itself.
    """
    unit = MEASURES_BY_NAME[operands[0].term.measure].unit
    status = weakest(*(operand.figure for operand in operands))
    if status is not Status.PUBLISHED:
        return Figure.missing(status, unit)
    return Figure(sum(operand.term.sign * operand.figure.exact for operand in operands), unit=unit)


def row_of(term: Term, asked: Breakdown = TOTAL) -> Breakdown:
    """The breakdown row a term is read from when the metric is asked for `asked`."""
    return asked if term.breakdown is None else term.breakdown


def formula_words(over: Sequence[Term], under: Sequence[Term], unit: str) -> str:
    """The computation in words: `recovery ÷ (finished a course of treatment less not at caseness at the start)`.

    Empty for a single published number.
    """
    above, below = terms_words(over), terms_words(under)
    if not under:
        return above if len(over) > 1 else ""
    above = f"({above})" if len(over) > 1 else above
    below = f"({below})" if len(under) > 1 else below
    return f"{above} ÷ {below}" if unit == "ratio" else f"{above} ÷ {below} × 100"


def term_words(term: Term) -> str:
    """What a term is called within a sentence: the measure, and the row it is read from where it has its own."""
    title = MEASURES_BY_NAME[term.measure].title
    title = title if title.isupper() else title[:1].lower() + title[1:]
    row = term.breakdown
    if row is None:
        return title
    return f"{title} in all" if row == TOTAL else f"{title}, {row.category} {row.subcategory}"


def terms_words(terms: Sequence[Term]) -> str:
    """Terms in words: `finished a course of treatment less not at caseness at the start`."""
    words = ""
    for term in terms:
        words += f"{' less ' if term.sign < 0 else ' plus ' if words else ''}{term_words(term)}"
    return words
