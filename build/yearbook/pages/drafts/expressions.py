"""The expressions of a draft, as an editor would have typed them."""

from yearbook.years import FinancialYear


def call(helper: str, *given: object, **named: object) -> str:
    """`{{ figure("recovery", "2019-20", group="gender/female") }}`: what is None or empty is left out."""
    told = [f'"{one}"' for one in given if one not in (None, "")]
    told += [f'{name}="{one}"' for name, one in named.items() if one not in (None, "")]
    return f"{{{{ {helper}({', '.join(told)}) }}}}"


def figure(metric: str, year: FinancialYear | None = None, group: str = "", area: str = "") -> str:
    """The value of a metric."""
    return call("figure", metric, year, group=group, area=area)


def change(metric: str, since: FinancialYear | None = None, group: str = "", area: str = "") -> str:
    """The change of a metric on the year before, or since another."""
    return call("change", metric, since=since, group=group, area=area)


def record(metric: str) -> str:
    """The record that the metric is."""
    return call("record", metric)


def gap(upper: str, lower: str, year: FinancialYear | None = None) -> str:
    """How far recovery in one group lies over that in another."""
    return call("gap", "recovery_rate", upper, lower, year)


def gap_record(upper: str, lower: str) -> str:
    """The record that the gap in recovery between two groups is."""
    return call("gap_record", "recovery_rate", upper, lower)


def say(phrase: str, metric: str, year: FinancialYear | None = None, since: FinancialYear | None = None) -> str:
    """A phrase that is printed if it holds."""
    return call("say", phrase, metric, year, since=since)


def standard(metric: str) -> str:
    """The level of the standard in force."""
    return call("standard", metric)


def limit(metric: str) -> str:
    """The limit of a waiting time, in words."""
    return call("limit", metric)


def group_name(group: str) -> str:
    """A group's name within a sentence."""
    return call("group_name", group)


def place(area: str) -> str:
    """The name of an area, linked to its page."""
    return call("place", area)
