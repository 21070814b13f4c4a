"""What is read of mkdocs.yml, and how a file that cannot be read is told."""

from pathlib import Path

import pytest

from yearbook.errors import UsageError
from yearbook.settings import NavigationItem, Settings, read_settings


@pytest.fixture
def settings_of(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The settings of a project whose mkdocs.yml is the text given."""

    def read(text: str) -> Settings:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        return read_settings(tmp_path)

    return read


def test_the_name_the_description_and_the_copyright_are_read(settings_of) -> None:  # type: ignore[no-untyped-def]
    found = settings_of("site_name: A – B\nsite_description: 'C: D'\ncopyright: © E\ntheme: {name: null}\n")
    assert found == Settings("A – B", "C: D", "", "© E", ())


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("site_url: https://example.org", "https://example.org/"),
        ("site_url: https://example.org/", "https://example.org/"),
        ("site_url: https://example.org/yearbook", "https://example.org/yearbook/"),
        ("site_url: ''", ""),
        ("site_url: null", ""),
        ("site_url: !ENV [SITE_URL, '']", ""),
        ("site_name: Nothing else", ""),
    ],
)
def test_the_address_of_the_site_ends_with_a_stroke_or_is_empty(text: str, url: str, settings_of) -> None:  # type: ignore[no-untyped-def]
    assert settings_of(text).url == url


def test_the_navigation_is_read_as_deep_as_it_goes(settings_of) -> None:  # type: ignore[no-untyped-def]
    found = settings_of(
        "nav:\n"
        "  - index.md\n"
        "  - Reports: reports/index.md\n"
        "  - More:\n"
        "      - Methods: methods/index.md\n"
        "      - Deeper:\n"
        "          - glossary.md\n"
        "  - Elsewhere: https://example.org/\n"
    )
    assert found.navigation == (
        NavigationItem("index.md", "index.md"),
        NavigationItem("Reports", "reports/index.md"),
        NavigationItem(
            "More",
            children=(
                NavigationItem("Methods", "methods/index.md"),
                NavigationItem("Deeper", children=(NavigationItem("glossary.md", "glossary.md"),)),
            ),
        ),
        NavigationItem("Elsewhere", "https://example.org/"),
    )


@pytest.mark.parametrize(
    "tag", ["!ENV NAME", "!relative", "!!python/name:os.path.join", "!!python/object/apply:os.getcwd []"]
)
def test_mkdocs_own_tags_are_read_as_nothing_and_never_carried_out(tag: str, settings_of) -> None:  # type: ignore[no-untyped-def]
    found = settings_of(f"site_name: A\nextra:\n  here: {tag}\nsite_description: {tag}\n")
    assert (found.name, found.description) == ("A", "")


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a list\n", "just words\n"])
def test_a_file_without_settings_has_none(text: str, settings_of) -> None:  # type: ignore[no-untyped-def]
    assert settings_of(text) == Settings("")


def test_a_file_that_is_not_yaml_is_told_with_its_line(settings_of) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError) as caught:
        settings_of("site_name: A\nnav:\n  - Home: [index.md\nplugins: {}\n")
    told = str(caught.value)
    assert told.startswith("mkdocs.yml, line 4")
    assert "The settings cannot be read: " in told
    assert "mend the file so that it is valid YAML" in told


def test_a_project_without_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"mkdocs\.yml.*\n.*cannot be read"):
        read_settings(tmp_path)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: \xff\n")
    with pytest.raises(UsageError, match="cannot be read"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("extra:\n  reply_to: editors@example.org\n", "editors@example.org"),
        ("extra:\n  reply_to:\n", ""),
        ("extra:\n", ""),
        ("extra: [a]\n", ""),
        ("site_name: Nothing else\n", ""),
    ],
)
def test_nobody_can_reply_unless_an_address_is_given(text: str, address: str, settings_of) -> None:  # type: ignore[no-untyped-def]
    assert settings_of(text).reply_to == address


@pytest.mark.parametrize("address", ["editors", "a@b", "a b@example.org", "a@example.org?cc=b@example.org", "5"])
def test_an_address_for_replies_that_is_none_is_told_with_its_line(address: str, settings_of) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError) as refused:
        settings_of(f"site_name: A\nextra:\n  # reply_to: none yet\n  reply_to: {address}\n")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == ("mkdocs.yml", 4, "reply_to")
    assert problem.what == f'"{address}" is not an e-mail address.'
