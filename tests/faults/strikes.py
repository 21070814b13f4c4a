"""A process of its own that runs the real command again and again, and strikes it at the n-th thing it does to files.

Python tells of every opening, renaming and removing of a file before it happens (`sys.addaudithook`), so a strike comes
at the same moment every time, whatever function did it. Only the words of the site are made up: `build_site` gives the
files of `content/` as they lie, and keeps one in the cache as a drawing would be, so that a build takes a tenth of a
second. All that stages, prints, indexes, finishes and swaps is ours.

It is given plans as lines of JSON on its standard input, and answers each with what came of it.
"""

import ctypes
import datetime
import errno
import hashlib
import itertools
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

NOTE = "published.json"

_PARTIAL = 5
"""Bytes that can still be written into a file when a disk is really full, or a process really dies half way."""

_CAPABILITIES = 0x20080522, 1, 2, 3  # version 3; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER


def main() -> None:
    """Carry out one plan after another, each a line of the standard input, and answer each in a line."""
    import mkdocs.commands.build  # noqa: F401 - all is loaded once

    import yearbook.importing
    import yearbook.pipeline
    import yearbook.staging  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_carry_out(json.loads(line))), flush=True)  # noqa: T201 - it is how it answers


def _carry_out(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Strike the command on a fresh copy each time, then run what the plan has follow on what is left."""
    pristine, work = Path(plan["pristine"]), Path(plan["work"])
    answers = []
    for strike in plan["strikes"]:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(pristine, work, symlinks=True)
        for path, mode in strike.get("modes", {}).items():
            (work / path).chmod(mode)
        if "times" in strike:
            for path in work.rglob("*"):
                os.utime(path, (strike["times"], strike["times"]))
        with _held(work) if strike.get("held") else nullcontext():
            answer = {"at": strike.get("at", 0), **_run(work, plan["words"], strike)}
        answer["then"] = [_run(work, words, {}) for words in plan["then"]]
        answers.append(answer)
        for path in strike.get("modes", {}):
            if (work / path).exists():
                (work / path).chmod(0o755)
    return answers


def _held(work: Path) -> AbstractContextManager[None]:
    """The lock of the project, held by this process while the command runs in another."""
    from yearbook.locks import hold

    return hold(work, "a test")


def _small_site(project: Path, progress: Callable[[str], None] = lambda _: None, **_: Any) -> Any:
    """The files of `content/` as a site, a drawing of which is kept in the cache."""
    from yearbook.charts.cache import read_cached, write_cached
    from yearbook.pipeline import BuiltSite

    content, cache = project / "content", project / ".cache" / "charts"
    files = {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*.*"))}
    name = f"{hashlib.sha256(files['index.md']).hexdigest()}.svg"
    files["drawing.svg"] = read_cached(cache, name) or b"<svg/>" + files["index.md"]
    write_cached(cache, name, files["drawing.svg"])
    return BuiltSite(files, len(files), 1, 0, url="https://example.org/")


def build_small(project: Path) -> None:
    """Build the small site in this process, as the command does."""
    from yearbook.staging import publish, write_staging

    write_staging(_small_site(project).files, project / "staging")
    publish(project)


def _run(work: Path, words: list[str], strike: dict[str, Any]) -> dict[str, Any]:
    """Run the command in a process of its own, struck: its exit status, what it said, and what it did to files."""
    told, tell = os.pipe()
    noted, note = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        os.close(noted)
        os.dup2(tell, 1)
        os.dup2(tell, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _change_for(strike)
        _be_struck(work, strike, note)
        from yearbook.cli import main as command

        sys.argv = ["yearbook"]
        try:
            command([word.replace("WORK", str(work)) for word in words])
        except SystemExit as ended:
            sys.stdout.flush()
            os._exit(ended.code if isinstance(ended.code, int) else 1)
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        os._exit(99)
    os.close(tell)
    os.close(note)
    with os.fdopen(told, "rb") as said, os.fdopen(noted, "rb") as notes:
        events = notes.read().decode().splitlines()
        output = said.read().decode()
    _, status = os.waitpid(child, 0)
    return {"status": os.waitstatus_to_exitcode(status), "output": output, "events": events, "tree": tree(work)}


def _change_for(strike: dict[str, Any]) -> None:
    """What is other in this process than in a user's: the words of the site, and what the strike asks for."""
    import yearbook.locks
    import yearbook.pipeline
    import yearbook.swapping

    yearbook.pipeline.build_site = _small_site  # type: ignore[assignment]
    yearbook.locks.PATIENCE = strike.get("patience", 0.5)
    if strike.get("two_renames"):
        yearbook.swapping._exchange = lambda one, other: False
    if strike.get("clock"):
        _let_the_clock_jump()


def _let_the_clock_jump() -> None:
    """Have the clock tell 1970, then 2100, then 1970 again, as it is asked. The monotonic one goes on."""
    times = itertools.cycle((1.0, 4_102_444_800.0))

    class Jumping(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Jumping":
            return cls.fromtimestamp(next(times), tz)

        @classmethod
        def utcnow(cls) -> "Jumping":
            return cls.fromtimestamp(next(times), datetime.UTC).replace(tzinfo=None)

    class JumpingDate(datetime.date):
        @classmethod
        def today(cls) -> "JumpingDate":
            return cls.fromtimestamp(next(times))

    jumping: list[tuple[Any, Any]] = [
        (datetime.datetime, Jumping),
        (datetime.date, JumpingDate),
        (time.time, lambda: next(times)),
        (time.time_ns, lambda: int(next(times)) * 10**9),
    ]
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] in ("yearbook", "mkdocs", "gzip")]
    for module in (datetime, time, *ours):
        for name, found in list(vars(module).items()):
            for true, jumps in jumping:
                if found is true:
                    setattr(module, name, jumps)


def _be_struck(work: Path, strike: dict[str, Any], note: int) -> None:
    """From now on count what is done to files below `work`, and strike at the one whose number the strike gives."""
    if strike.get("modes"):
        _bind_by_permissions()
    done = 0

    def hook(event: str, given: tuple[Any, ...]) -> None:
        nonlocal done
        what = _change_of(event, given, str(work))
        if what is None:
            return
        done += 1
        os.write(note, f"{what}\n".encode())
        if done == strike.get("at"):
            _strike(strike["how"], what)

    sys.addaudithook(hook)


def _change_of(event: str, given: tuple[Any, ...], work: str) -> str | None:
    """What is about to be done to a file of the project, in words; None for anything else."""
    if event == "open":
        path, _, flags = given
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return f"write {os.fspath(path)}" if writes and work in str(path) else None
    if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir"):
        path = os.fsdecode(given[0])
        within = work in path or (not os.path.isabs(path) and given[-1] != -1)
        return f"{event.removeprefix('os.')} {path}" if within else None
    if event == "ctypes.dlopen":
        return "exchange"
    if event == "subprocess.Popen":
        return "start"
    return None


def _strike(how: str, what: str) -> None:
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "interrupt":
        raise KeyboardInterrupt
    if how in ("die writing", "full for real"):
        if how == "die writing":
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_PARTIAL, resource.RLIM_INFINITY))
        return
    if what not in ("exchange", "start"):
        raise OSError(getattr(errno, how), os.strerror(getattr(errno, how)), what.partition(" ")[2])


def _bind_by_permissions() -> None:
    """Give up what lets root write where no permission is given: the owner's permissions bind this process now."""
    if os.geteuid() != 0:
        return
    version, *given_up = _CAPABILITIES
    header, data = (ctypes.c_uint32 * 2)(version, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capget(header, data):
        raise OSError(ctypes.get_errno(), "capget")
    for capability in given_up:
        data[0] &= ~(1 << capability)
        data[1] &= ~(1 << capability)
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its SHA-256, every folder with `folder`; the note of a site's times as a note."""
    return {
        path.relative_to(folder).as_posix(): "folder"
        if path.is_dir()
        else "note"
        if path.name == NOTE
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
    }


if __name__ == "__main__":
    main()
