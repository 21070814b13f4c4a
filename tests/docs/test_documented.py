"""What is public is described: in the code by docstrings, for editors in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from yearbook.metrics import METRICS
from yearbook.pages.editors import HELPERS, EditorsHelpers


def modules(project: Path) -> list[Path]:
    return sorted((project / "build").rglob("*.py"))


def undescribed(path: Path, node: ast.AST, name: str) -> Iterator[str]:
    """The public names in `node` that have no docstring; what is inside a function is nobody else's business."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not ast.get_docstring(
        node
    ):
        yield f"{path.name}: {name or 'the module'}"
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith(
                "_"
            ):
                yield from undescribed(path, child, f"{name}.{child.name}".lstrip("."))


def test_every_public_module_class_and_function_has_a_docstring(project: Path) -> None:
    found = [
        place
        for path in modules(project)
        for place in undescribed(path, ast.parse(path.read_text(encoding="utf-8")), "")
    ]
    assert found == []


def test_the_search_for_docstrings_sees_the_package(project: Path) -> None:
    names = {path.relative_to(project / "build").as_posix() for path in modules(project)}
    assert {"mkdocs_hook.py", "yearbook/cli.py", "yearbook/pages/editors.py"} <= names
    source = 'class A:\n    """A."""\n    def b(self): ...\n    def _c(self): ...\n'
    assert list(undescribed(Path("a.py"), ast.parse(source), "")) == ["a.py: the module", "a.py: A.b"]


def editors_guide(project: Path) -> str:
    """The editors' guide: from its heading to the next one of its level."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(
        r"^## The editors['’] guide\n(.*?)(?=^## [^\n{]*\n|\Z)", without_examples(text), re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found[1]


def without_examples(text: str) -> str:
    """`text` with its fenced examples left out: a heading in one is no heading."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("metric", [metric.name for metric in METRICS])
def test_every_metric_is_named_in_the_editors_guide(project: Path, metric: str) -> None:
    assert f"`{metric}`" in editors_guide(project)


@pytest.mark.parametrize("helper", HELPERS)
def test_every_helper_is_shown_in_the_editors_guide(project: Path, helper: str) -> None:
    assert f"`{{{{ {helper}(" in editors_guide(project)


@pytest.mark.parametrize("helper", HELPERS)
def test_every_helper_shows_in_its_docstring_what_to_write(helper: str) -> None:
    assert f"{{{{ {helper}(" in str(getattr(EditorsHelpers, helper).__doc__)


def test_the_guide_names_no_metric_that_does_not_exist(project: Path) -> None:
    table = editors_guide(project).partition("### The metrics")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [metric.name for metric in METRICS]
