"""nginx with the file that is made for it, on this machine alone: answers a second, and bytes for a page that is seen.

The site is served with its compressed copies and without them, when nginx compresses each answer itself. wrk asks for a
few pages, as a browser that takes gzip would, over connections that stay open, for some seconds at a time.
"""

import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin

from bench.projects import lay_out_project
from bench.table import Table, say
from bench.timing import yearbook
from browser.addresses import AREA, FIGURE, REPORT
from hosting import Host, missing

PAGES = {"home": "", "areas": "areas/", "area": AREA, "report": REPORT, "figure": FIGURE}
CONNECTIONS, SECONDS = 32, 5
NEEDED = re.compile(
    r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<script type="module" src="([^"]+)"'
    r'|<img (?![^>]*loading="lazy")[^>]*?src="([^"]+)"'
)
"""What a browser fetches before anything is done with the page; modules that modules import are not among them."""


def bytes_of_a_view(host: Host, address: str) -> int:
    """The bodies of a page and of all that it names and that is not left until it is wanted, as they are sent."""
    body = host.ask(address)[2]
    wanted = {next(filter(None, found)) for found in NEEDED.findall(body.decode())}
    paths = {"/" + address, *(urljoin(f"/{address}", one) for one in wanted)}
    return sum(len(host.ask(path.removeprefix("/"), **{"Accept-Encoding": "gzip"})[2]) for path in paths)


def answers_a_second(host: Host, address: str, length: int) -> float:
    """What wrk counts in so many seconds."""
    url = f"http://127.0.0.1:{host.port}/{address}"
    words = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{length}s", "-H", "Accept-Encoding: gzip", url]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=length + 30).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{address} was not answered:\n{said}")
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    assert found, said
    return float(found[1])


def measure(folder: Path, quick: bool) -> list[Table]:
    """A page of each of five kinds, five seconds with copies and five without; one second where it must be quick."""
    columns = ("page", "answers a second, copies kept", "compressed each time", "bytes of a view, kept", "each time")
    if absent := [reason for reason in map(missing, ("nginx", "wrk")) if reason]:
        return [Table("nginx", columns, [], tuple(f"Not measured: {reason}." for reason in absent))]
    project = lay_out_project(folder / "served", with_drawings=True)
    say("building the site with compressed copies")
    yearbook(project, "build", "--quiet", "--compressed")()
    (folder / "nginx").mkdir()
    for part in (folder, project):
        part.chmod(0o755)
    host = Host("nginx", folder / "nginx", project / "site")
    found: dict[str, list[str]] = {name: [] for name in PAGES}
    weights: dict[str, list[str]] = {name: [] for name in PAGES}
    try:
        for kept in (True, False):
            if not kept:
                for copy in (project / "site").rglob("*.gz"):
                    copy.unlink()
            for name, address in PAGES.items():
                say(f"{name}, {'copies kept' if kept else 'compressed each time'}")
                found[name].append(f"{answers_a_second(host, address, 1 if quick else SECONDS):,.0f}")
                weights[name].append(f"{bytes_of_a_view(host, address):,}")
    finally:
        host.stop()
    rows = [(name, *found[name], *weights[name]) for name in PAGES]
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr.strip()
    program = version.removeprefix("nginx version: ")
    note = (
        f"{program} and wrk on the same machine, {CONNECTIONS} connections. A view is the page with its styles, "
        "scripts and the images that do not wait until they are scrolled to."
    )
    return [Table("nginx", columns, rows, (note,))]
