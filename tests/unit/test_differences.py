"""What changed between two sites: figures with their reasons, pages, words, drawings and files; and nothing else."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from yearbook.cli import main
from yearbook.differences import compare_sites, tell
from yearbook.provenance import Recipe, write_record

CATALOGUE = [{"name": "recovery_rate", "title": "Recovery rate", "formula": "a / b", "base": "who finished"}]
SVG = '<svg aria-labelledby="title-{id} description-{id}"><title id="title-{id}">{words}</title></svg>'

Site = Callable[..., Path]


def figure(text: str, value: str, **more: object) -> dict[str, object]:
    return {"title": "Recovery rate", "text": text, "value": value, "status": "published", **more}


def year(rate: str = "51.1", revision: int = 1, release: str = "a,b") -> dict[str, Any]:
    return {"rate": rate, "revision": revision, "release": release}


def compare(*words: object) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, words)])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Makes a small site of the files that are compared. `files` are laid over what the years and areas give."""

    def make(
        name: str,
        years: Mapping[str, Mapping[str, Any]] = {"2019-20": year()},
        areas: Mapping[str, Mapping[str, Mapping[str, object]]] = {},
        files: Mapping[str, object] = {},
        recipe: Recipe | None = Recipe({"pandas": "3.1.1"}, "p", {}),  # noqa: B008
    ) -> Path:
        made: dict[str, object] = {"manifest.json": {}, "data/metric-catalogue.json": {"data": CATALOGUE}}
        entries = []
        for at, known in years.items():
            made[f"reports/{at}/figures.json"] = {
                "metrics": {"recovery_rate": figure(f"{known['rate']}%", known["rate"])}
            }
            made[f"reports/{at}/index.html"] = f"<main><p>In {at} it was {known['rate']}%.</p></main>"
            made[f"data/releases/{at}.csv"] = known["release"]
            entries.append({"year": at, "release": {"revision": known["revision"]}})
        made["reports/years.json"] = {"years": entries}
        made["areas/areas.json"] = {"areas": {"ccg": {code: {} for code in areas}}}
        for code, own in areas.items():
            made[f"areas/{code.lower()}-a-place/figures.json"] = {
                "years": {
                    at: {"type": "ccg", "code": code, "name": f"NHS {code} CCG", "metrics": {"recovery_rate": facts}}
                    for at, facts in own.items()
                }
            }
        folder = tmp_path / name
        for path, content in (made | files).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str) else json.dumps(content)
            (folder / path).write_text(text, encoding="utf-8")
        if recipe is not None:
            write_record(folder, recipe)
        return folder

    return make


def told(old: Path, new: Path) -> list[str]:
    """The paragraphs of the comparison."""
    return tell(compare_sites(old, new)).split("\n\n")


def test_two_sites_that_are_the_same_are_told_so(site: Site) -> None:
    assert told(site("old"), site("new")) == ["The two sites are the same, byte for byte: 8 files."]


def test_a_revision_is_told_with_each_figure_and_what_it_was(site: Site) -> None:
    areas = {"09D": {"2019-20": {"text": "44%", "value": "44", "rank": 3}, "2018-19": {"text": "40%", "value": "40"}}}
    after = {"09D": {"2019-20": {"text": "45%", "value": "45", "rank": 2}, "2018-19": areas["09D"]["2018-19"]}}
    old = site("old", {"2018-19": year(), "2019-20": year()}, areas)
    new = site("new", {"2018-19": year(), "2019-20": year("51.3", 2, "a,c")}, after)
    assert told(old, new)[:2] == [
        "2 figures changed, all by revision.",
        "2019-20: the release was revised: this is revision 2.\n"
        "  England\n    Recovery rate: 51.3%, was 51.1%.\n"
        "  NHS 09D CCG (09D)\n    Recovery rate: 45%, was 44%.",
    ]


def test_a_figure_that_is_printed_as_before_is_told_unrounded(site: Site) -> None:
    area = {"09D": {"2019-20": {"text": "44%", "value": "44.1"}}}
    new = {"09D": {"2019-20": {"text": "44%", "value": "44.2"}}}
    found = told(site("old", {"2019-20": year()}, area), site("new", {"2019-20": year("51.3")}, new))
    assert found[0] == "2 figures changed. One of them is printed as before."
    assert "    Recovery rate: 44% as before; unrounded 44.2, was 44.1." in found[1]


@pytest.mark.parametrize(
    ("changed", "files", "recipe", "why"),
    [
        (year("51.3", 2, "a,c"), {}, {}, "the release was revised: this is revision 2"),
        (year("51.3", 1, "a,c"), {}, {}, "data/releases/2019-20.csv changed, and the register tells of no revision"),
        (year("51.3"), {"data/metric-catalogue.json": {"data": [CATALOGUE[0] | {"formula": "a / c"}]}}, {},
         "its definition changed"),
        (year("51.3", 2, "a,c"), {"data/metric-catalogue.json": {"data": [CATALOGUE[0] | {"base": "all"}]}}, {},
         "its definition changed, and the release was revised: this is revision 2"),
        (year("51.3"), {"data/corrections.csv": "new"}, {}, "data/corrections.yml changed"),
        (year("51.3"), {"data/supplement.csv": "new"}, {"package": "q"}, "data/supplement.csv changed"),
        (year("51.3"), {}, {"package": "q"}, "Yearbook itself changed"),
        (year("51.3"), {}, {"libraries": {"pandas": "4.0"}}, "Python or a library changed"),
        (year("51.3"), {}, {}, "no reason is known"),
        (year("51.3"), {}, None, "why cannot be told without build.json in both"),
        (year("51.3"), {"reports/2019-20/figures.json":
          {"metrics": {"recovery_rate": figure("51.3%", "51.3", basis="post")}}}, {}, "its source changed"),
    ],
)  # fmt: skip
def test_why_a_figure_changed_is_told_as_far_as_it_is_known(
    changed: dict[str, Any], files: dict[str, object], recipe: dict[str, Any] | None, why: str, site: Site
) -> None:
    made = (
        None
        if recipe is None
        else Recipe(**({"libraries": {"pandas": "3.1.1"}, "package": "p", "inputs": {}} | recipe))
    )
    found = compare_sites(site("old"), site("new", {"2019-20": changed}, files=files, recipe=made))
    assert f"\n2019-20: {why}.\n" in tell(found)
    assert found.figures.revised == ("revised" in why)


def test_a_new_year_and_a_new_area_are_no_changes_of_figures(site: Site) -> None:
    area = {"2019-20": {"text": "44%", "value": "44"}}
    later = {"09D": area | {"2020-21": {"text": "45%", "value": "45"}}, "05W": area}
    old, new = site("old", areas={"09D": area}), site("new", {"2019-20": year(), "2020-21": year("52.0")}, later)
    forth, back = told(old, new), told(new, old)
    assert forth[:4] == [
        "No figure changed.",
        "1 figure is new: of NHS 05W CCG, an area that is new.",
        "2 figures are new: of 2020-21, a year that is new.",
        "1 page is new:\n  reports/2020-21/",
    ]
    assert "2 figures are gone: of 2020-21, a year that is gone." in back


def test_an_area_with_another_address_keeps_its_figures(site: Site) -> None:
    area = {"2019-20": {"text": "44%", "value": "44"}}
    old, new = site("old", areas={"09D": area}), site("new", areas={"09D": area})
    (new / "areas/09d-a-place").rename(new / "areas/09d-renamed")
    assert told(old, new)[1] == "No figure changed."


def test_a_rank_that_changed_alone_is_counted_and_not_listed(site: Site) -> None:
    one, other = ({"09D": {"2019-20": {"text": "44%", "value": "44", "rank": rank}}} for rank in (3, 4))
    found = told(site("old", areas=one), site("new", areas=other))
    assert found[0] == "No figure changed."
    assert found[1].startswith("1 figure stands otherwise among others than before (interval, rank or verdict)")


def test_words_numbers_and_markup_that_changed_are_told_apart(site: Site) -> None:
    page = "<nav>{nav}</nav><main><p>{text}</p><svg><text>{drawn}</text></svg></main>"
    before = {f"{name}/index.html": page.format(nav="a", text="Up 3 points.", drawn="3") for name in "abcd"}
    after = {
        "a/index.html": page.format(nav="a", text="Up by 3 points.", drawn="3"),
        "b/index.html": page.format(nav="a", text="Down 4 points.", drawn="3"),
        "c/index.html": page.format(nav="a", text="Up 4 points.", drawn="3"),
        "d/index.html": page.format(nav="b", text="Up 3\n points.", drawn="4"),
    }
    assert told(site("old", files=before), site("new", files=after)) == [
        "No figure changed.",
        "On 1 page the words changed and no number did:\n  a/",
        "On 1 page words and numbers changed:\n  b/",
        "On 1 page numbers alone changed.",
        "On 1 page the markup alone changed.",
    ]


def test_a_drawing_is_the_same_when_its_ids_alone_changed(site: Site) -> None:
    path = "assets/charts/{}-2019-20-{}.svg"
    before = {path.format("journey", "wide"): SVG.format(id="0a1b2c3d", words="One"),
              path.format("waits", "wide"): SVG.format(id="0a1b2c3d", words="One")}  # fmt: skip
    after = {path.format("journey", "wide"): SVG.format(id="99999999", words="One"),
             path.format("waits", "wide"): SVG.format(id="99999999", words="Two"),
             path.format("outcomes", "narrow"): SVG.format(id="99999999", words="Two")}  # fmt: skip
    assert told(site("old", files=before), site("new", files=after))[1:] == [
        "1 drawing changed:\n  waits-2019-20",
        "1 drawing is new:\n  outcomes-2019-20",
    ]


def test_files_for_programs_and_what_a_site_was_made_from_are_told(site: Site) -> None:
    inputs = {"content/a.md": "1", "content/b.md": "2"}
    old = site(
        "old", files={"data/tables/a.csv": "1", "css/a.css": "1"}, recipe=Recipe({"pandas": "3.1.1"}, "p", inputs)
    )
    recipe = Recipe({"pandas": "3.1.2"}, "q", {"content/a.md": "9"}, compressed=True)
    files = {"data/tables/a.csv": "2", "data/tables/b.csv": "1", "css/a.css": "2", "pagefind/a.pf_meta": ""}
    new = site("new", files=files, recipe=recipe)
    assert told(old, new)[1:] == [
        "1 file for programs changed:\n  data/tables/a.csv",
        "1 file for programs is new:\n  data/tables/b.csv",
        "1 other file differs (cards, styles, scripts and what hosts read).",
        "1 input changed:\n  content/a.md",
        "1 input is gone:\n  content/b.md",
        "Made with other means:\n  pandas: 3.1.2, was 3.1.1\n  compressed copies: written, was not written\n"
        "  the source of Yearbook, under the same version",
    ]


def test_a_long_list_is_cut_and_what_is_left_out_is_counted(site: Site) -> None:
    new = site("new", files={f"posts/{number:02}/index.html": "" for number in range(23)})
    found = told(site("old"), new)[1]
    assert found.startswith("23 pages are new:\n  posts/00/\n")
    assert found.endswith("  posts/19/\n  … and 3 more")


def test_a_site_that_was_altered_after_it_was_built_is_told_first(site: Site) -> None:
    old, new = site("old"), site("new")
    (new / "reports/2019-20/index.html").write_text("<main>By hand</main>", encoding="utf-8")
    (new / "stranger.txt").write_text("")
    assert (
        told(old, new)[0]
        == f"In {new} 2 files are not as they were built:\n  reports/2019-20/index.html\n  stranger.txt"
    )


def test_a_site_without_a_record_is_compared_by_what_there_is(site: Site) -> None:
    old = site("old", recipe=None)
    assert told(old, site("new"))[0] == f"{old} has no build.json, so what it was made from is not known."
    assert "The two sites are the same" in compare(old, old).stdout


def test_the_exit_status_tells_a_difference_only_when_asked(site: Site) -> None:
    old, new = site("old"), site("new", {"2019-20": year("51.3")})
    assert (compare(old, new).exit_code, compare(old, new, "--exit-code").exit_code) == (0, 1)
    assert compare(old, old, "--exit-code").exit_code == 0


def test_as_json_every_figure_is_told(site: Site) -> None:
    found = json.loads(compare(site("old"), site("new", {"2019-20": year("51.3", 2, "x")}), "--json").stdout)
    (change,) = found["figures"]["changed"]
    assert change["key"] == {
        "year": "2019-20",
        "org_type": "england",
        "code": "",
        "group": "",
        "metric": "recovery_rate",
    }
    assert (change["old"]["text"], change["new"]["text"]) == ("51.1%", "51.3%")
    assert [reason["kind"] for reason in change["reasons"]] == ["revision"]
    assert found["same"] is False


def test_a_folder_that_is_no_site_is_refused_with_a_hint(site: Site, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    refused = compare(tmp_path / "project", site("new"))
    assert refused.exit_code == 2
    assert refused.stderr == (
        f"{tmp_path / 'project'} is no site of Yearbook's: it holds neither build.json nor manifest.json. "
        "Name the folder of a built site, or build it first: yearbook build.\n"
    )
    site("project/site")
    assert compare(tmp_path / "project", tmp_path / "new").stderr.endswith(
        f"There is one in {tmp_path / 'project' / 'site'}: name that.\n"
    )


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_file_that_cannot_be_read_is_named(text: str, site: Site) -> None:
    old = site("old", files={"reports/2019-20/figures.json": text})
    refused = compare(old, site("new"))
    assert refused.exit_code == 2
    assert str(old / "reports/2019-20/figures.json") in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_name_cannot_steer_the_terminal(site: Site) -> None:
    new = site("new", files={"reports/2019-20/figures.json": {"metrics": {"recovery_rate": figure("\x1b[31m9%", "9")}}})
    assert "    Recovery rate: [31m9%, was 51.1%." in tell(compare_sites(site("old"), new))


def test_a_real_site_with_one_figure_altered_is_told_by_the_default_site(built_once: Path, tmp_path: Path) -> None:
    old = shutil.copytree(built_once / "site", tmp_path / "old")
    path = old / "reports/2019-20/figures.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"text":"51.1%","value":"51.1', '"text":"50.9%","value":"50.9', 1), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    found = CliRunner().invoke(main, ["--project", str(built_once), "compare", str(old)]).stdout.split("\n\n")
    assert found[0] == f"In {old} 1 file is not as it was built:\n  reports/2019-20/figures.json"
    assert found[1] == "1 figure changed."
    assert "    Recovery rate: 51.1%, was 50.9%." in found[2]
