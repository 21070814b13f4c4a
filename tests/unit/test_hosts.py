"""What each host reads gives the same headers: by the hosts' own rules, and by nginx and Apache where installed."""

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hosting import REQUIRED, Host, missing
from serving import headers_at, read_headers_file

from yearbook.finishing import finish_site
from yearbook.outputs.hosts import EVERYWHERE, Rule, headers_for, host_files, host_rules, joined_policies

QUIET = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'"
BUSY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'"
BOTH = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; script-src 'self' 'wasm-unsafe-eval'"

PAGE = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{QUIET}"><p>Words, words.</p>'
SITE = {
    "index.html": PAGE,
    "404.html": PAGE.replace("Words", "Nothing"),
    "areas/index.html": PAGE.replace(QUIET, BUSY),
    "areas/09d-brighton/index.html": PAGE,
    "areas/09d-brighton/figures.json": "{}",
    "assets/charts/journey-2019-20-wide.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "css/yearbook.css": "a { color: red }",
    "data/metrics.csv": "name,title\nrecovery_rate,Récupération\n",
    "data/datapackage.json": "{}",
    "feed.xml": "<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "figures/journey/index.html": PAGE,
    "figures/journey/figure.json": "{}",
    "img/mark.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "js/finder.js": "export const a = 1;",
    "pagefind/fragment/en_1a2b.pf_fragment": "x",
    "pagefind/pagefind.js": "export const b = 2;",
    "robots.txt": "User-agent: *",
}
YEAR = "public, max-age=31536000, immutable"
SOON = "public, max-age=600, stale-while-revalidate=86400"
TOLD = (*EVERYWHERE, "Cache-Control", "Content-Security-Policy", "Access-Control-Allow-Origin")

EXPECTED = [
    ("", "text/html; charset=utf-8", "no-cache", "'none'", None),
    ("areas/", "text/html; charset=utf-8", "no-cache", "'none'", None),
    ("areas/09d-brighton/", "text/html; charset=utf-8", "no-cache", "'none'", None),
    ("areas/09d-brighton/figures.json", "application/json", "no-cache", "'none'", "*"),
    ("assets/charts/journey-2019-20-wide.svg", "image/svg+xml", SOON, None, None),
    ("css/yearbook.css", "text/css; charset=utf-8", YEAR, None, None),
    ("data/metrics.csv", "text/csv; charset=utf-8", "no-cache", "'none'", "*"),
    ("data/datapackage.json", "application/json", "no-cache", "'none'", "*"),
    ("feed.xml", "application/atom+xml", "no-cache", "'none'", "*"),
    ("figures/journey/", "text/html; charset=utf-8", "no-cache", "*", "*"),
    ("figures/journey/figure.json", "application/json", "no-cache", "*", "*"),
    ("js/finder.js", "javascript", YEAR, None, None),
    ("pagefind/fragment/en_1a2b.pf_fragment", "", YEAR, None, None),
    ("pagefind/pagefind.js", "javascript", "no-cache", None, None),
    ("robots.txt", "text/plain", "no-cache", "'none'", None),
]  # fmt: skip
every_address = pytest.mark.parametrize(("path", "kind", "kept", "framed_by", "shared_with"), EXPECTED)


def rules() -> tuple[Rule, ...]:
    tops = {f"{top}/" if rest else top for top, _, rest in (path.partition("/") for path in SITE)}
    return host_rules(tops, (QUIET, BUSY))


def lay_out(folder: Path, address: str = "") -> Path:
    """The site, printed and finished."""
    for path, text in SITE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    finish_site(folder, address)
    return folder


def published(site: Path, path: str) -> str:
    """The address under which `path` is published: with its checksum, if it has one."""
    found = sorted(site.glob(re.sub(r"^(css|js)/(\w+)\.", r"\1/\2.*.", path))) if path[:3] in ("css", "js/") else []
    return found[0].relative_to(site).as_posix() if found else path


def expected(kept: str, framed_by: str | None, shared_with: str | None) -> dict[str, str]:
    policy = f"{BOTH}; frame-ancestors {framed_by}" if framed_by else None
    told = {"Cache-Control": kept, "Content-Security-Policy": policy, "Access-Control-Allow-Origin": shared_with}
    return {**EVERYWHERE, **{header: value for header, value in told.items() if value is not None}}


@every_address
def test_the_rules_say_how_an_address_is_kept_framed_and_shared(
    path: str, kind: str, kept: str, framed_by: str | None, shared_with: str | None
) -> None:
    assert headers_for(f"/{path}", rules()) == expected(kept, framed_by, shared_with)


@pytest.mark.parametrize("root", ["/", "/yearbook/"])
@every_address
def test_netlify_and_cloudflare_read_the_same_and_join_no_two_values(
    path: str, kind: str, kept: str, framed_by: str | None, shared_with: str | None, root: str
) -> None:
    blocks = read_headers_file(host_files(rules(), root)["_headers"].decode())
    assert headers_at(f"{root}{path}", blocks) == expected(kept, framed_by, shared_with)


def test_the_headers_file_is_within_the_limits_of_its_hosts() -> None:
    text = host_files(rules())["_headers"].decode()
    assert all(pattern.count("*") <= 1 for pattern, _ in read_headers_file(text))
    assert len(read_headers_file(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


@pytest.mark.parametrize(
    ("policies", "joined"),
    [
        ((QUIET,), QUIET),
        ((QUIET, BUSY), BOTH),
        (
            ("default-src 'none'; img-src 'none'", "default-src 'none'; img-src 'self'"),
            "default-src 'none'; img-src 'self'",
        ),
        ((), "default-src 'none'"),
    ],
)
def test_a_joined_policy_allows_what_any_allows_and_no_more(policies: tuple[str, ...], joined: str) -> None:
    assert joined_policies(policies) == joined


# Real servers --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["nginx /", "nginx /yearbook/", "apache2 /"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    program, prefix = request.param.split()
    if reason := missing(program):
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    run = tmp_path_factory.mktemp(program)
    lay_out(run / "www" / prefix.strip("/"), f"https://example.org{prefix}" if prefix != "/" else "")
    serving = Host(program, run, run / "www", prefix)
    yield serving
    serving.stop()


def ask(host: Host, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """The status, headers and body that a host answers with, `path` being asked for under its published name."""
    status, found, body = host.ask(published(host.site, path), **headers)
    assert len({name for name, _ in found}) == len(found), "no header is set twice"
    return status, dict(found), body


@every_address
def test_a_real_server_gives_the_headers_and_the_types(
    path: str, kind: str, kept: str, framed_by: str | None, shared_with: str | None, host: Host
) -> None:
    status, headers, _ = ask(host, path)
    assert status == 200
    assert {name: headers[name] for name in TOLD if name in headers} == expected(kept, framed_by, shared_with)
    assert kind in headers.get("Content-Type", "")


def test_a_real_server_has_the_page_for_a_wrong_address_and_keeps_no_trace_of_it(host: Host) -> None:
    for path in ("areas/none/", "css/none.css"):
        status, headers, body = ask(host, path)
        assert status == 404
        assert b"Nothing, words." in body
        assert "immutable" not in headers.get("Cache-Control", ""), path


def test_a_real_server_compresses_and_says_when_nothing_changed(host: Host) -> None:
    (host.site / "data" / "metrics.csv").write_bytes(b"name,title\n" * 1000)
    _, headers, body = ask(host, "data/metrics.csv", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < 1000
    _, headers, _ = ask(host, "data/metrics.csv")
    status, _, body = ask(host, "data/metrics.csv", **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


def test_nginx_sends_the_compressed_copy_where_there_is_one_and_apache_compresses_by_itself(host: Host) -> None:
    file = b'{"name": "words"}' * 200
    (host.site / "data" / "datapackage.json").write_bytes(file)
    (host.site / "data" / "datapackage.json.gz").write_bytes(gzip.compress(b"the copy"))
    _, headers, body = ask(host, "data/datapackage.json", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == (b"the copy" if host.program == "nginx" else file)
    assert ask(host, "data/datapackage.json")[2] == file
