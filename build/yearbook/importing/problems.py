"""Problems gathered while a file is read: all of them counted, the first of each kind kept."""

from collections import Counter
from dataclasses import dataclass, field, replace

from yearbook.errors import DataError, Problem

KEPT_OF_A_KIND = 50


@dataclass
class ProblemLog:
    """The problems of one import. Of each kind and file the first `KEPT_OF_A_KIND` are kept, the rest counted."""

    _kept: dict[tuple[str, str], list[Problem]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, problem: Problem) -> None:
        """Note a problem. Problems of one `kind` have one cause and one remedy."""
        key = (problem.file, kind)
        self._counts[key] += 1
        kept = self._kept.setdefault(key, [])
        if len(kept) < KEPT_OF_A_KIND:
            kept.append(problem)

    def __bool__(self) -> bool:
        return bool(self._kept)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The kept problems; the last of a kind says how many more there are."""
        listed: list[Problem] = []
        for key, kept in self._kept.items():
            ordered = sorted(kept)
            rest = self._counts[key] - len(ordered)
            listed.extend([*ordered[:-1], replace(ordered[-1], more=rest)])
        return tuple(listed)

    def raise_if_any(self) -> None:
        """Raises DataError with everything noted so far, if anything was."""
        if self:
            raise DataError(self.problems)
