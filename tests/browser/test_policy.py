"""The policy of a page holds: as its host sends it, as it stands in the page, and against what somebody might put in.

That no page breaks its own is counted wherever one is opened: see `visit` in conftest.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.addresses import FIGURE, KINDS
from browser.conftest import Visit
from playwright.sync_api import Browser
from serving import Server

from yearbook.outputs.hosts import EVERYWHERE

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
POST = KINDS["post"]
"""A page that may run scripts of the site."""
GLOSSARY = KINDS["glossary"]
"""A page that may run none."""

ATTACKS = """
<script>document.documentElement.dataset.script = "ran"</script>
<img src="data:," alt="" onerror="document.documentElement.dataset.handler = 'ran'">
<a id="link" href="javascript:void(document.documentElement.dataset.link = 'ran')">Link</a>
<style>#styled { color: rgb(1, 2, 3) }</style><p id="styled">Styled</p>
<p id="dressed" style="color: rgb(1, 2, 3)">Dressed</p>
<img id="foreign" src="ELSEWHEREimg/mark.svg" alt="">
<iframe src="ELSEWHEREimg/mark.svg" title=""></iframe>
<base href="ELSEWHERE">
"""
DONE = """() => [
  ...Object.keys(document.documentElement.dataset).filter(key => ["script", "handler", "link"].includes(key)),
  ...["styled", "dressed"].filter(id => getComputedStyle(document.getElementById(id)).color === "rgb(1, 2, 3)"),
  ...(document.getElementById("foreign").naturalWidth ? ["foreign"] : []),
  ...(document.baseURI.startsWith("ELSEWHERE") ? ["base"] : []),
]"""
ALL = {"script", "handler", "link", "styled", "dressed", "foreign", "base"}
REFUSED = {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "frame-src", "base-uri"}


@pytest.fixture
def elsewhere(real_site: Path) -> Iterator[str]:
    """Another host, which has the same files."""
    server = Server(real_site)
    yield server.home
    server.close()


@pytest.fixture
def attacked(real_site: Path, elsewhere: str, tmp_path: Path, chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page with all the attacks in it, its policy being sent with it, standing in it, or neither."""
    servers, contexts = [], []

    def open_page(address: str, sent: bool, standing: bool) -> Visit:
        site = tmp_path / "site"
        for folder in ("css", "js", "img"):
            shutil.copytree(real_site / folder, site / folder)
        page = (real_site / address / "index.html").read_text(encoding="utf-8")
        page = page if standing else META.sub("", page)
        (site / address).mkdir(parents=True)
        attacks = ATTACKS.replace("ELSEWHERE", elsewhere)
        (site / address / "index.html").write_text(page.replace("</main>", f"{attacks}</main>"), encoding="utf-8")
        if sent:
            shutil.copy(real_site / "_headers", site)
        servers.append(Server(site))
        contexts.append(chromium.new_context())
        found = Visit(contexts[-1].new_page(), servers[-1].home)
        contexts[-1].expose_binding("tell", lambda _, what: found.said.append(what))
        contexts[-1].add_init_script(
            'addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective))'
        )
        found.page.goto(found.home + address, wait_until="load")
        found.page.evaluate("document.getElementById('link').click()")
        found.page.wait_for_timeout(200)
        return found

    yield open_page
    for context in contexts:
        context.close()
    for server in servers:
        server.close()


@pytest.mark.parametrize("address", [POST, GLOSSARY], ids=["a page with scripts", "a page without"])
@pytest.mark.parametrize(("sent", "standing"), [(True, False), (False, True), (False, False)])
def test_what_is_put_into_a_page_is_refused_by_the_policy_sent_and_by_the_one_in_it(
    address: str, sent: bool, standing: bool, attacked: Callable[..., Visit], elsewhere: str
) -> None:
    found = attacked(address, sent, standing)
    done = set(found.page.evaluate(DONE.replace("ELSEWHERE", elsewhere)))
    assert done == (set() if sent or standing else ALL)
    assert set(found.said) == (REFUSED if sent or standing else set())


@pytest.mark.parametrize("told", [True, False], ids=["as a host is told", "where it is told nothing"])
def test_others_may_frame_a_figure_and_no_other_page(
    told: bool, real_site: Path, tmp_path: Path, chromium: Browser
) -> None:
    for address in (FIGURE, GLOSSARY):
        shutil.copytree(real_site / address, tmp_path / "site" / address)
    if told:
        shutil.copy(real_site / "_headers", tmp_path / "site")
    ours = Server(tmp_path / "site")
    frames = "".join(f'<iframe src="{ours.home}{address}"></iframe>' for address in (FIGURE, GLOSSARY))
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "index.html").write_text(f"<!doctype html><title>A blog</title>{frames}", encoding="utf-8")
    blog, page = Server(tmp_path / "blog"), chromium.new_page()
    page.goto(blog.home)
    shown = [frame.url.startswith(ours.home) for frame in page.frames[1:]]
    page.close()
    blog.close()
    ours.close()
    assert shown == ([True, False] if told else [True, True])


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
def test_a_host_sends_every_header_with_a_page_and_in_it_the_policy_that_stands_in_the_page(
    address: str, serve: Callable[[str], str]
) -> None:
    home = urlsplit(serve("/"))
    connection = HTTPConnection(home.netloc, timeout=10)
    connection.request("GET", f"/{address}")
    answer = connection.getresponse()
    told, page = dict(answer.getheaders()), answer.read().decode()
    connection.close()
    assert {name: told.get(name) for name in EVERYWHERE} == EVERYWHERE
    *sent, framed = told["Content-Security-Policy"].split("; ")
    assert framed == ("frame-ancestors *" if address.startswith("figures/") else "frame-ancestors 'none'")
    (own,) = META.findall(page)
    allowed = {name: sources for name, *sources in map(str.split, sent)}
    for name, *sources in map(str.split, own.split(";")):
        assert set(sources) - {"'none'"} <= set(allowed[name]), name
    assert "unsafe-inline" not in f"{sent}{own}"
    assert f'<meta name="referrer" content="{EVERYWHERE["Referrer-Policy"]}">' in page
