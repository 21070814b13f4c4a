"""The files of a project as they lie on disk: only files and folders of its own, of a size that can be read.

What a link leads to outside the project would be published with it, and a pipe or a device would never end. This looks
at names, kinds and sizes alone; what the files say is for those who read them.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from yearbook.errors import Problem

MOST_WORDS = 2 * 1024 * 1024
"""The largest file of words or of settings that is read, in bytes. The longest page has 40 KB."""

MOST_DATA = 128 * 1024 * 1024
"""The largest of any other file, in bytes."""

_WORDS = (".md", ".yml")


def check_tree(project: Path, folders: tuple[str, ...] = ("content", "data", "templates")) -> Iterator[Problem]:
    """Every file in those folders of the project that cannot be read as one of its own."""
    root = project.resolve()
    for folder in folders:
        yield from _check(project / folder, folder, root)


def _check(path: Path, name: str, root: Path) -> Iterator[Problem]:
    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in name)
    if shown != name:
        fix = "give it a name of letters, digits and hyphens"
        yield Problem(shown, 0, "", "The name of the file holds a character that is not text.", fix)
        return
    try:
        target = path.resolve(strict=True) if path.is_symlink() else path
        status = target.stat()
    except (OSError, RuntimeError):  # RuntimeError is a link that leads to itself, of Python 3.12 and before
        if path.is_symlink():
            yield Problem(name, 0, "", "The link leads nowhere.", "put the file itself here, or take the link away")
        return
    if not target.resolve().is_relative_to(root):
        what = "The link leads out of the project, and what it leads to would be published."
        yield Problem(name, 0, "", what, "put the file itself here, or take the link away")
    elif stat.S_ISDIR(status.st_mode):
        if path.suffix in (*_WORDS, ".csv"):
            what = f"This is a folder, and its name ends as that of a file does, with {path.suffix}."
            yield Problem(name, 0, "", what, "call it something else, or take it away")
        elif not path.is_symlink():
            for entry in sorted(path.iterdir()):
                yield from _check(entry, f"{name}/{entry.name}", root)
    elif not stat.S_ISREG(status.st_mode):
        yield Problem(name, 0, "", "This is neither a file nor a folder.", "take it away")
    elif status.st_size > (most := MOST_WORDS if path.suffix in _WORDS else MOST_DATA):
        what = f"The file has {status.st_size:,} bytes, and {most:,} are read at most."
        yield Problem(name, 0, "", what, "look whether it is the file that was meant; divide it if it is")
