"""The page for programs: its examples are parts of the files, its tables are the schemas', its recipes run."""

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yearbook.outputs.schemas import SCHEMAS
from yearbook.pages.api import SITE, prose


@pytest.fixture(scope="module")
def site(built_once: Path) -> Path:
    return built_once / "site"


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "data" / "api" / "index.html").read_text(encoding="utf-8")


def code(page: str, id: str) -> str:
    """What stands in the block of code called `id`."""
    found = re.search(rf'<pre [^>]*id="{id}"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found, id
    return html.unescape(found[1])


def is_part(part: Any, whole: Any) -> bool:
    """Whether all that is in `part` is in `whole`, in its place or, in a list, in any."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(name in whole and is_part(part[name], whole[name]) for name in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(is_part(one, other) for other in whole) for one in part)
    return type(part) is type(whole) and bool(part == whole)


def test_every_example_is_a_part_of_the_file_it_names(page: str, site: Path) -> None:
    named = re.findall(r"<summary>An example, cut from <code>(\S+)</code></summary>", page)
    examples = re.findall(r'<pre [^>]*id="(example-\w+)"', page)
    kinds = {f"example-{schema.kind}" for schema in SCHEMAS}
    assert kinds - set(examples) == {"example-manifest", "example-build", "example-finder"}, (
        "the site has no areas to find"
    )
    assert len(examples) == len(named)
    for id, path in zip(examples, named, strict=True):
        example, whole = json.loads(code(page, id)), json.loads((site / path).read_bytes())
        assert is_part(example, whole), path
        assert example
        assert len(json.dumps(example)) < max(len(json.dumps(whole)), 3000), path


def test_every_kind_of_file_has_its_section_its_schema_and_its_fields(page: str) -> None:
    for schema in SCHEMAS:
        section = page[page.index(f'<section class="chapter" id="{schema.kind}"') :].partition("</section>")[0]
        assert f'href="../schemas/{schema.kind}.json"' in section
        for path in schema.paths:
            assert f"<code>{path}</code>" in section
        for name, field in schema.body.get("properties", {}).items():
            told = section if f"<code>{name}</code>" in section else page
            assert f"<code>{name}</code>" in told
            assert str(prose(field["description"])) in page.replace('<span class="year">2019-20</span>', "2019-20")


def test_the_recipe_for_pandas_runs_and_prints_the_rates_and_what_is_missing(page: str, site: Path) -> None:
    recipe = code(page, "recipe-pandas").replace(SITE, f"{site.as_uri()}/")
    run = subprocess.run([sys.executable, "-W", "error", "-c", recipe], capture_output=True, text=True, check=True)
    rates, _, missing = run.stdout.partition("printed")
    figures = json.loads((site / "reports/2019-20/figures.json").read_bytes())["metrics"]
    assert re.search(rf"^2019-20 +{float(figures['recovery_rate']['value']):.6f}", rates, re.MULTILINE)
    assert "not_collected" in missing
    assert "[x]" in missing


def test_the_recipe_for_curl_runs_and_prints_the_rate(page: str, site: Path) -> None:
    if not (shutil.which("curl") and shutil.which("jq")):
        pytest.skip("there is no curl or no jq")
    recipe = code(page, "recipe-curl").replace(SITE, f"{site.as_uri()}/")
    run = subprocess.run(["bash", "-euc", recipe], capture_output=True, text=True, check=True)
    england = json.loads((site / "areas/england/figures.json").read_bytes())
    assert json.loads(run.stdout) == england["years"]["2019-20"]["metrics"]["recovery_rate"]


def test_the_recipes_read_columns_and_names_that_are_there(page: str, site: Path) -> None:
    columns = (site / "data/metrics.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
    selected = re.search(r"select = c\((.*?)\)", code(page, "recipe-r"))
    assert selected
    assert set(selected[1].split(", ")) <= set(columns)


def test_every_mark_has_its_status_and_its_meaning(page: str) -> None:
    rows = re.findall(r"<tr><th scope=\"row\"><code>(\[\w\])</code></th><td[^>]*><code>(\w+)</code></td>", page)
    assert rows == [("[c]", "suppressed"), ("[x]", "not_collected"), ("[z]", "not_applicable")]


def test_a_description_is_escaped_and_its_code_set_as_code() -> None:
    assert prose("`a<b` isn't <b>") == "<code>a&lt;b</code> isn’t &lt;b&gt;"
