"""Names that tell the content, and everything that asks for a file under its new one."""

import re
from collections.abc import Mapping

import pytest

from yearbook.errors import CommentaryError
from yearbook.outputs.assets import Assets, link_assets, name_assets

NAMED = re.compile(r"(?:css|js)/(?:[\w-]+/)*[\w-]+\.[0-9a-f]{8}\.(?:css|js)")
THEME = {
    "css/a.css": b"a { color: red }",
    "js/finder.js": b'import { box } from "./parts/box.js";\nbox();',
    "js/parts/box.js": b"import { make } from '../make.js';\nexport const box = () => import('./late.js');",
    "js/parts/late.js": b'export const worker = new URL("../make.js", import.meta.url);',
    "js/make.js": b"export const make = 1;",
}


def published(files: Mapping[str, bytes] = THEME) -> Assets:
    return name_assets(files)


def test_every_file_is_published_once_under_a_name_of_its_content() -> None:
    assets = published()
    assert set(assets.names) == set(THEME)
    assert set(assets.names.values()) == set(assets.files)
    assert all(NAMED.fullmatch(name) for name in assets.files)


def test_the_same_content_has_the_same_name_in_any_order_of_the_files() -> None:
    assert published(dict(reversed(THEME.items()))).names == published().names


def test_a_module_asks_for_others_under_their_published_names_at_once_and_later() -> None:
    assets = published()
    content = {path: assets.files[name].decode() for path, name in assets.names.items()}
    assert f'from "./{assets.names["js/parts/box.js"].removeprefix("js/")}"' in content["js/finder.js"]
    assert f"from '../{assets.names['js/make.js'].removeprefix('js/')}'" in content["js/parts/box.js"]
    assert f"import('./{assets.names['js/parts/late.js'].removeprefix('js/parts/')}')" in content["js/parts/box.js"]
    assert f'new URL("../{assets.names["js/make.js"].removeprefix("js/")}"' in content["js/parts/late.js"]


def test_a_change_renames_the_file_and_all_that_rest_on_it_and_nothing_else() -> None:
    before, after = published().names, published({**THEME, "js/parts/late.js": b"export const worker = 2;"}).names
    assert {path for path in THEME if before[path] != after[path]} == {
        "js/parts/late.js",
        "js/parts/box.js",
        "js/finder.js",
    }


def test_a_style_sheet_that_another_asks_for_is_renamed_in_it_and_a_picture_is_not() -> None:
    css = b'@import "b.css";\n@import url(sub/c.css) print;\na { background: url("../img/a.svg") }'
    assets = published({"css/a.css": css, "css/b.css": b"b {}", "css/sub/c.css": b"c {}"})
    content = assets.files[assets.names["css/a.css"]].decode()
    assert f'@import "{assets.names["css/b.css"].removeprefix("css/")}"' in content
    assert f"@import url({assets.names['css/sub/c.css'].removeprefix('css/')}) print" in content
    assert 'url("../img/a.svg")' in content


def test_what_lies_elsewhere_keeps_its_address() -> None:
    source = b'import("../pagefind/pagefind.js"); import("https://example.org/js/a.js"); "./words.json"'
    assert list(published({"js/a.js": source}).files.values()) == [source]


@pytest.mark.parametrize("source", [b'import "./none.js";', b'const late = () => import("./none.js");'])
def test_a_module_that_is_not_there_is_told_with_the_file_that_asks_for_it(source: bytes) -> None:
    with pytest.raises(CommentaryError) as told:
        published({"js/a.js": source})
    assert str(told.value) == (
        "templates/theme/js/a.js\n"
        "  It asks for js/none.js, which the theme does not have.\n"
        "  Mend: put the file into templates/theme/js/, or take the request out\n\n"
        "1 problem in 1 file."
    )


def test_modules_that_import_each_other_are_told() -> None:
    with pytest.raises(CommentaryError, match=r"js/b\.js → js/c\.js → js/b\.js"):
        published({"js/a.js": b'import "./b.js"', "js/b.js": b'import "./c.js"', "js/c.js": b'import "./b.js"'})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/* What it is.\n   Who reads it. */\n\na { }\n", "a { }\n"),
        ("a {\n  color: red;   /* why */\n\n  top: 0;\n}", "a {\ncolor: red;\ntop: 0;\n}"),
        ("a /* or */ b { }", "a b { }"),
        ("a/**/b { }", "a/**/b { }"),
        (""".a::after { content: "/* said  */" }""", """.a::after { content: "/* said  */" }"""),
        (r""".a::after { content: "\"/*" } /* x */ b { }""", r""".a::after { content: "\"/*" } b { }"""),
        ("a { background: url(//x/*/y*/z) }", "a { background: url(//x/*/y*/z) }"),
    ],
)
def test_a_style_sheet_is_published_without_its_comments_and_means_the_same(source: str, expected: str) -> None:
    assert list(published({"css/a.css": source.encode()}).files.values()) == [expected.encode()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("// why\nlet a = 1;\n  // and how\nlet b;\n", "let a = 1;\nlet b;\n"),
        ("/** What it does.\n * And when. */\nlet a;\n/* x */ let b;\n", "let a;\n/* x */ let b;\n"),
        ("let a = 1; // why\n", "let a = 1; // why\n"),
        ('let a = "http://x";\nlet b = /\\/* x/;\n', 'let a = "http://x";\nlet b = /\\/* x/;\n'),
        ("let a = `\n// a text\n`;\n", "let a = `\n// a text\n`;\n"),
        ("let a = `b`;\n// as `a`\n", "let a = `b`;\n"),
    ],
)
def test_a_script_is_published_without_its_lines_of_comment_and_does_the_same(source: str, expected: str) -> None:
    assert list(published({"js/a.js": source.encode()}).files.values()) == [expected.encode()]


@pytest.mark.parametrize(
    ("page", "root", "reference", "way"),
    [
        ("index.html", "/", "css/a.css", ""),
        ("areas/x/index.html", "/", "../../css/a.css", "../../"),
        ("areas/x/index.html", "/yearbook/", "../../css/a.css", "../../"),
        ("404.html", "/", "/css/a.css", "/"),
        ("404.html", "/yearbook/", "/yearbook/css/a.css", "/yearbook/"),
    ],
)
def test_a_page_asks_for_the_published_name_wherever_it_lies(page: str, root: str, reference: str, way: str) -> None:
    assets = published()
    linked = link_assets(f'<link rel="stylesheet" href="{reference}">'.encode(), page, assets, root)
    assert linked.decode() == f'<link rel="stylesheet" href="{way}{assets.names["css/a.css"]}">'


def test_any_attribute_of_a_page_may_ask_for_a_script() -> None:
    assets = published()
    page = b'<figure data-script="../js/make.js"><a href="../data/a.js">a</a><a href="https://example.org/js/make.js">'
    linked = link_assets(page, "reports/index.html", assets).decode()
    assert f'data-script="../{assets.names["js/make.js"]}"' in linked
    assert linked.count("make.js") == 1
    assert '"../data/a.js"' in linked


def test_a_page_that_asks_for_what_is_not_there_is_told() -> None:
    with pytest.raises(CommentaryError, match=r"areas/index\.html\n  It asks for css/none\.css, which the theme"):
        link_assets(b'<link href="../css/none.css">', "areas/index.html", published())
