"""The recipe for a host of files does what CONTRIBUTING.md says of it: whole releases, one step, and a way back."""

import configparser
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hosting import REQUIRED, Host, missing

Publish = Callable[..., subprocess.CompletedProcess[str]]

MAKEFILE = """\
.PHONY: check site
check:
\ttest ! -e unsound
site:
\tmkdir -p site/hosts
\techo "charset utf-8;" > site/hosts/nginx.conf
\techo "$(WORDS)" > site/index.html
\techo "the same" > site/same.csv
"""


@pytest.fixture(scope="module")
def blocks(project: Path) -> list[tuple[str, str]]:
    """The examples of the section, each with its language."""
    section = (project / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## Publishing\n")[2]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


@pytest.fixture
def publish(blocks: list[tuple[str, str]], tmp_path: Path) -> Publish:
    """Publishes a site whose page says the words, from a project of one Makefile; `back_to` goes back instead."""
    for program in ("rsync", "make"):
        if shutil.which(program) is None:
            (pytest.fail if REQUIRED else pytest.skip)(missing(program))
    source = tmp_path / "source"
    source.mkdir()
    (source / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    forward, back = (text for language, text in blocks if language == "sh")

    def run(words: str = "", back_to: str = "", fails: bool = False) -> subprocess.CompletedProcess[str]:
        given = {**os.environ, "PLACE": str(tmp_path / "place"), "WORDS": words, "NAME": back_to}
        command = ["sh", "-c", back if back_to else forward]
        done = subprocess.run(command, cwd=source, env=given, capture_output=True, text=True, check=False)
        assert bool(done.returncode) == fails, done.stderr
        return done

    return run


def next_second() -> None:
    """Wait for a second that no release is named by."""
    time.sleep(1.01 - time.time() % 1)


def test_a_release_takes_the_place_of_the_last_in_one_step_and_can_be_taken_back(
    publish: Publish, tmp_path: Path
) -> None:
    place, page = tmp_path / "place", tmp_path / "place" / "current" / "index.html"
    publish("one")
    first = os.readlink(place / "current")
    assert page.read_text() == "one\n"
    next_second()
    publish("two")
    assert page.read_text() == "two\n"
    assert (place / first / "index.html").read_text() == "one\n", "the release before is whole"
    assert (place / first / "same.csv").samefile(place / "current" / "same.csv"), "and keeps the date of its files"
    publish(back_to=Path(first).name)
    assert page.read_text() == "one\n"
    publish(back_to="none", fails=True)
    assert page.read_text() == "one\n"
    assert sorted(path.name for path in place.iterdir()) == ["current", "releases"]


@pytest.mark.parametrize("fault", ["a check that fails", "a build that fails", "a disk that is full"])
def test_what_fails_leaves_the_published_site_as_it_was(
    fault: str, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("one")
    source = tmp_path / "source"
    if fault == "a check that fails":
        (source / "unsound").touch()
    elif fault == "a build that fails":
        (source / "Makefile").write_text(f"{MAKEFILE}\tfalse\n", encoding="utf-8")
    else:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "rsync").write_text("#!/bin/sh\nexit 11\n", encoding="utf-8")
        (tmp_path / "bin" / "rsync").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    next_second()
    publish("two", fails=True)
    assert (tmp_path / "place" / "current" / "index.html").read_text() == "one\n"


def test_five_releases_stay(publish: Publish, tmp_path: Path) -> None:
    releases = tmp_path / "place" / "releases"
    for day in range(1, 8):
        (releases / f"2026-01-0{day}T000000Z").mkdir(parents=True)
    publish("new")
    left = sorted(path.name for path in releases.iterdir())
    assert left[:4] == [f"2026-01-0{day}T000000Z" for day in (4, 5, 6, 7)]
    assert len(left) == 5
    assert (tmp_path / "place" / "current" / "index.html").read_text() == "new\n"


def test_nginx_serves_the_new_release_as_soon_as_it_is_in_place(
    publish: Publish, blocks: list[tuple[str, str]], tmp_path: Path
) -> None:
    if reason := missing("nginx"):
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    (server,) = (text for language, text in blocks if language == "nginx")
    publish("one")
    place = tmp_path / "place"
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)  # so that nginx may follow the way there
    server = server.replace("/srv/yearbook", str(place)).replace("listen 80;", "listen 127.0.0.1:{port};")
    (tmp_path / "nginx").mkdir()
    host = Host("nginx", tmp_path / "nginx", place / "current", server=server)
    try:
        assert host.ask("")[2] == b"one\n"
        next_second()
        publish("two")
        assert host.ask("")[2] == b"two\n"
    finally:
        host.stop()


def test_the_lines_for_schedules_are_well_formed_and_of_one_time(blocks: list[tuple[str, str]]) -> None:
    (crontab,) = (text for language, text in blocks if not language)
    minute, hour, _, _, day, *_ = crontab.split()
    assert (minute, hour, day) == ("17", "5", "1")
    units = []
    for text in (text for language, text in blocks if language == "ini"):
        unit = configparser.RawConfigParser(strict=False)
        unit.read_string(text)
        units.append({section: dict(unit[section]) for section in unit.sections()})
    service, timer = units
    assert service["Service"]["type"] == "oneshot"
    assert timer["Timer"]["oncalendar"] == f"Mon 0{hour}:{minute}"
    assert "sh publish.sh" in crontab
    assert service["Service"]["execstart"] == "sh publish.sh"
