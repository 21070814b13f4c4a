"""A server of a built site for the tests: it compresses, and gives the headers that the site's own `_headers` has."""

import gzip
import re
import sys
from collections.abc import Mapping
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from yearbook.outputs.hosts import TYPES


def read_headers_file(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The blocks of a `_headers` file: a path, and the headers on the indented lines under it."""
    blocks: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            blocks[-1][1].append((name, value))
        elif not line.startswith("#"):
            blocks.append((line, []))
    return blocks


def headers_at(path: str, blocks: list[tuple[str, list[tuple[str, str]]]]) -> dict[str, str]:
    """The headers of an address, as Netlify and Cloudflare read the file: values of the same name are joined."""
    given: dict[str, list[str]] = {}
    for pattern, headers in blocks:
        expression = re.sub(r":\w+", "[^/]+", re.escape(pattern).replace(r"\*", ".*"))
        if re.fullmatch(expression, path):
            for name, value in headers:
                given.setdefault(name, []).append(value)
    return {name: ", ".join(values) for name, values in given.items()}


@cache
def compressed(file: Path, changed: int) -> bytes:
    """What the file weighs on its way; `changed` is when it last was, so that a new one is read anew."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)


class Handler(BaseHTTPRequestHandler):
    """Answers for a site that begins at a prefix, `/` or as `/yearbook/`, with its own page for a wrong address."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, site: Path, prefix: str) -> None:
        self.site, self.prefix = site, prefix
        told = site / "_headers"
        self.blocks = read_headers_file(told.read_text(encoding="utf-8")) if told.exists() else []
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.site / path.removeprefix(self.prefix) if path.startswith(self.prefix) else self.site / "none"
        if file.is_dir() and not path.endswith("/"):
            self.answer(301, b"", {"Location": f"{path}/"})
            return
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file() and file.resolve().is_relative_to(self.site.resolve())
        told = headers_at(f"/{path.removeprefix(self.prefix)}" if found else "/404.html", self.blocks)
        file = file if found else self.site / "404.html"
        kind = TYPES.get(file.suffix[1:]) or guess_type(file.name)[0] or "application/octet-stream"
        told["Content-Type"] = f"{kind}; charset=utf-8" if file.suffix[1:] in TYPES else kind
        body = file.read_bytes() if file.is_file() else b""  # a site may have no page for a wrong address
        if file.suffix[1:] in TYPES and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, told["Content-Encoding"] = compressed(file, file.stat().st_mtime_ns), "gzip"
        self.answer(200 if found else 404, body, told)

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Serves a site on a free port until it is closed, and does not mind a browser that leaves early."""

    daemon_threads = True

    def __init__(self, site: Path, prefix: str = "/") -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, site=site, prefix=prefix))
        self.home = f"http://127.0.0.1:{self.server_port}{prefix}"
        Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *given: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*given)  # type: ignore[arg-type]
