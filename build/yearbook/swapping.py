"""Putting a new site in the place of the old one: at every moment `site/` is one of them, whole.

Linux exchanges two folders in one step, so that no reader finds half a site or none. Elsewhere it takes two renames:
between them there is none, and if the process is killed there, the next command of the project puts the old one back.
"""

import ctypes
import os
import shutil
import stat
import sys
from pathlib import Path

SITE, NEXT, LAST = "site", ".site-next", ".site-last"
"""The site; what is to become it, or is to be thrown away; the old site, between the two renames alone."""

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


def put_in_place(project: Path) -> None:
    """Make the folder NEXT of the project its site and throw the old one away. Raises OSError, with nothing changed."""
    site, fresh, last = project / SITE, project / NEXT, project / LAST
    if not os.path.lexists(site):
        fresh.rename(site)
    elif not _exchange(fresh, site):
        try:
            site.rename(last)
            fresh.rename(site)
        except BaseException:
            restore_site(project)
            raise
        last.rename(fresh)  # what is called LAST may be put back, so nothing half thrown away is ever called so
    try:
        clear(fresh)
    except OSError:
        return  # the site is in place; the next build tries again, and tells why it cannot


def restore_site(project: Path) -> bool:
    """Put the old site back if a build was killed between the two renames; whether it was so."""
    site, last = project / SITE, project / LAST
    if not os.path.lexists(last):
        return False
    if not os.path.lexists(site):
        last.rename(site)
        return True
    clear(project / NEXT)
    last.rename(project / NEXT)
    clear(project / NEXT)
    return False


def clear(folder: Path) -> None:
    """Remove a folder of ours with all that is in it, read-only folders too; of a link, the link. Raises OSError."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError:  # read-only, or something that a killed build had started was still writing in it
            for parent, _, _ in os.walk(folder):
                os.chmod(parent, stat.S_IRWXU)
            shutil.rmtree(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Whether the two could be exchanged in one step: not every system and not every disk can."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and not rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
