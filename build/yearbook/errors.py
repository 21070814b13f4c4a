"""What can be wrong that a person can mend, and how it is told.

A `Problem` is one located fault; a `YearbookError` carries any number of them and is printed by the
command line without a traceback. Any other exception is a bug of ours.
"""

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file: where it is, what is wrong and how to mend it.

    `line` counts from 1 as an editor shows it, 0 when the fault is the whole file's. `column` is the
    name of a column, a field or a character position, empty when it does not apply. A problem of
    severity `warning` is reported and does not stop the work. `more` counts the problems of the same kind
    in the same file that a long list leaves out after this one.
    """

    file: str
    line: int
    column: str
    what: str
    fix: str
    severity: str = "error"
    more: int = 0

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        rest = f"\n\n… and {self.more:,} more of the same kind." if self.more else ""
        return f"{place}\n  {self.what}\n  Mend: {self.fix}{rest}"


class YearbookError(Exception):
    """Something the user can mend. `exit_code` is the command's exit status."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem] | str) -> None:
        if isinstance(problems, Problem):
            problems = (problems,)
        self.message = problems if isinstance(problems, str) else ""
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(sorted(set(problems)))
        super().__init__(self.message or report_problems(self.problems))


class DataError(YearbookError):
    """The data in `data/`, or a release offered for it, cannot be used."""

    exit_code = 3


class CommentaryError(YearbookError):
    """A page an editor wrote, or a template, cannot be published as it is."""

    exit_code = 4


class UsageError(YearbookError):
    """The command was asked for something it cannot do."""

    exit_code = 2


def report_problems(problems: Sequence[Problem]) -> str:
    """All problems, in the order of the files, and a count of them on the last line."""
    if not problems:
        return "No problems."
    files = {problem.file for problem in problems}
    number = sum(1 + problem.more for problem in problems)
    count = "1 problem" if number == 1 else f"{number:,} problems"
    where = "1 file" if len(files) == 1 else f"{len(files)} files"
    return "\n\n".join([*(str(problem) for problem in problems), f"{count} in {where}."])


_REMEDIES = {
    errno.ENOSPC: "Free some space on the disk",
    errno.EDQUOT: "Free some of the space that you may use",
    errno.EFBIG: "Allow larger files (ulimit -f)",
    errno.EROFS: "Make the disk writable, or work in another folder",
    errno.EACCES: "Change its permissions, or work in another folder",
    errno.EPERM: "Change its permissions, or work in another folder",
    errno.ENOTDIR: "Move away the file that stands where a folder belongs",
    errno.EEXIST: "Move away the file that stands where a folder belongs",
    errno.EISDIR: "Move away the folder that stands where a file belongs",
    errno.EIO: "Look at the disk",
    errno.EMFILE: "Allow more open files (ulimit -n)",
    errno.ENFILE: "Allow more open files (ulimit -n)",
}


def as_mendable(error: OSError) -> YearbookError | None:
    """What the disk refused, and what to do, where a person can do anything; None for what is a bug of ours."""
    remedy = _REMEDIES.get(error.errno or 0)
    if remedy is None:
        return None
    kind = UsageError if isinstance(error, PermissionError) or error.errno == errno.EROFS else YearbookError
    what = f"{error.filename or 'A file'} cannot be read or written: {error.strerror}."
    return kind(f"{what} {remedy}, and run the command again. What was in site/ and data/ is untouched.")


def as_sentence(words: object) -> str:
    """`words` with a full stop, unless they end with a mark of their own."""
    text = str(words)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def suggest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """`Did you mean a, b or c?` for the known names nearest to `name`, or `otherwise`."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.55)
    if not near:
        return otherwise
    last = near.pop()
    return f"Did you mean {', '.join(near)} or {last}?" if near else f"Did you mean {last}?"
