"""What is read of mkdocs.yml, and how a file that cannot be read is told."""

from pathlib import Path

import pytest

from yearbook.errors import UsageError
from yearbook.settings import ErrorReports, NavigationItem, Settings, read_settings


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
    assert "is not one e-mail address" in problem.what


def test_nobody_is_told_of_errors_unless_the_settings_say_so(settings_of) -> None:  # type: ignore[no-untyped-def]
    for text in ("site_name: A", "extra:", "extra: {preview: true}", "extra: {corrections_to: ''}", "extra: [a]"):
        found = settings_of(text).errors
        assert (found, found.link("Error")) == (ErrorReports(), "")


def test_errors_are_reported_by_mail_or_in_a_tracker(settings_of) -> None:  # type: ignore[no-untyped-def]
    assert settings_of("extra:\n  corrections_to: an.editor+errors@example.co.uk").errors == ErrorReports(
        mail="an.editor+errors@example.co.uk"
    )
    address = "https://example.org:8443/o/r/issues/new?title={title}&labels=figures"
    assert settings_of(f'extra:\n  report_error: "{address}"').errors == ErrorReports(form=address)


def test_a_subject_cannot_break_out_of_its_link() -> None:
    title = "A & B?c=d#e\r\nBcc: x"
    for errors in (ErrorReports(mail="a@example.org"), ErrorReports(form="https://example.org/?title={title}")):
        assert errors.link(title).endswith("=A%20%26%20B%3Fc%3Dd%23e%0D%0ABcc%3A%20x")


@pytest.mark.parametrize(
    ("text", "line", "name", "what"),
    [
        ("extra:\n  a: 1\n  corrections_to: nobody\n", 3, "corrections_to", "not one e-mail address: 'nobody'"),
        ("extra:\n  corrections_to: a@example.org, b@example.org\n", 2, "corrections_to", "not one e-mail address"),
        ("extra:\n  corrections_to: a@example.org?bcc=b@example.org\n", 2, "corrections_to", "not one e-mail address"),
        ("extra:\n  corrections_to: 3\n", 2, "corrections_to", "not one e-mail address: 3"),
        ("a: 1\nextra:\n  report_error: https://example.org/new\n", 3, "report_error", "with {title} in it"),
        ("extra:\n  report_error: 'http://example.org/?t={title}'\n", 2, "report_error", "an https address"),
        ("extra:\n  report_error: 'javascript:alert({title})'\n", 2, "report_error", "an https address"),
        ("extra:\n  report_error: 'https://{title}.example.org/'\n", 2, "report_error", "an https address"),
        (
            "extra:\n  corrections_to: a@example.org\n  report_error: 'https://example.org/?t={title}'\n",
            3,
            "report_error",
            "both corrections_to and report_error are set",
        ),
    ],
)
def test_a_place_for_errors_that_cannot_be_used_is_told_with_its_line(
    text: str,
    line: int,
    name: str,
    what: str,
    settings_of,  # type: ignore[no-untyped-def]
) -> None:
    with pytest.raises(UsageError) as caught:
        settings_of(text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("mkdocs.yml", line, name)
    assert what in problem.what
    assert problem.fix


def test_every_setting_that_cannot_be_used_is_told_at_once(settings_of) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError) as caught:
        settings_of("extra:\n  corrections_to: a\n  report_error: b\n")
    assert [problem.line for problem in caught.value.problems] == [2, 3, 3]
