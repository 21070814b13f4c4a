"""What a host is told of the site: how long each file may be kept, who may frame or fetch it, what it may do.

One list of rules, written in the three ways that common hosts read: `_headers` (Netlify, Cloudflare Pages), `.htaccess`
(Apache) and `hosts/nginx.conf`, a fragment for a `server` of nginx. Each header is set by one rule at most for any
address, for some hosts join the values of several and a browser then holds a page to all of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

YEAR = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""
FRESH = "no-cache"
"""For pages and data: kept, and asked about before each use."""
SOON = "public, max-age=600, stale-while-revalidate=86400"
"""For pictures, whose addresses stay while the figures in them may be revised."""

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LASTING = ("/css/*", "/js/*", "/pagefind/fragment/*", "/pagefind/index/*")
PICTURES = ("/assets/*", "/img/*")
EMBEDDED = "/figures/*"
"""The pages that others may frame."""
SHARED = ("/data/*", EMBEDDED, "/areas/:area/figures.json", "/feed.xml")
"""What the scripts of other sites may fetch: figures and the feed."""

FEED = "feed.xml"
FEED_TYPE = "application/atom+xml"
TYPES = {
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
}
"""What is text in UTF-8 and worth compressing, by the ending of the file's name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A header for each address that one of `paths` matches: `*` is all that follows, `:name` the name of a folder."""

    paths: tuple[str, ...]
    header: str
    value: str


def host_rules(tops: Iterable[str], policies: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of a site with these at its top, folders with a stroke at their end, and these policies in its pages.

    A host cannot tell one page of a folder from the next, so each folder is given what all pages need together; a page
    is held to its own policy as well, which stands in it. Who may frame a page is said here alone, for no page can.
    """
    elsewhere = {path.split("/")[1] for path in (*LASTING, *PICTURES, EMBEDDED)}
    own = (top for top in sorted(tops) if top.removesuffix("/") not in elsewhere)
    pages = ("/", *(f"/{top}*" if top.endswith("/") else f"/{top}" for top in own))
    policy = joined_policies(policies)
    return (
        *(Rule(("/*",), header, value) for header, value in EVERYWHERE.items()),
        Rule(LASTING, "Cache-Control", YEAR),
        Rule(PICTURES, "Cache-Control", SOON),
        Rule((*pages, EMBEDDED, "/pagefind/:file"), "Cache-Control", FRESH),
        Rule(pages, "Content-Security-Policy", f"{policy}; frame-ancestors 'none'"),
        Rule((EMBEDDED,), "Content-Security-Policy", f"{policy}; frame-ancestors *"),
        Rule(SHARED, "Access-Control-Allow-Origin", "*"),
    )


def joined_policies(policies: Iterable[str]) -> str:
    """The narrowest policy that allows all that any of these does, its directives in the order they first stand in.

    A directive that a policy lacks allows nothing there: each of our pages has `default-src 'none'`.
    """
    sources: dict[str, dict[str, None]] = {"default-src": {}}
    for policy in policies:
        for directive in filter(str.strip, policy.split(";")):
            name, *allowed = directive.split()
            sources.setdefault(name, {}).update(dict.fromkeys(one for one in allowed if one != "'none'"))
    return "; ".join(" ".join((name, *(allowed or ["'none'"]))) for name, allowed in sources.items())


def headers_for(path: str, rules: Sequence[Rule]) -> dict[str, str]:
    """The headers that the rules give to an address, told from where the site begins, as `/areas/`."""
    return {rule.header: rule.value for rule in rules if re.search(_pattern(rule.paths, "/"), path)}


def host_files(rules: Sequence[Rule], root: str = "/") -> dict[str, bytes]:
    """The files for the hosts, by path. `root` is where the site begins on its host: `/`, or as `/yearbook/`."""
    return {
        "_headers": _headers_file(rules, root),
        ".htaccess": _htaccess(rules, root),
        "hosts/nginx.conf": _nginx(rules, root),
    }


def _headers_file(rules: Sequence[Rule], root: str) -> bytes:
    by_path: dict[str, list[Rule]] = {}
    for rule in rules:
        for path in rule.paths:
            by_path.setdefault(path, []).append(rule)
    lines = ["# For Netlify and Cloudflare Pages, to lie at the top of what is published. Made with the site."]
    for path, given in by_path.items():
        lines += [f"{root[:-1]}{path}", *(f"  {rule.header}: {rule.value}" for rule in given)]
    return _text(lines)


def _htaccess(rules: Sequence[Rule], root: str) -> bytes:
    lines = [
        "# For Apache 2.4, where AllowOverride lets it be read. Made with the site.",
        f"ErrorDocument 404 {root}404.html",
        *(f"AddType {kind} .{ending}" for ending, kind in TYPES.items()),
        f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in TYPES)}",
        f'<Files "{FEED}">',
        f"  ForceType {FEED_TYPE}",
        "</Files>",
        "<IfModule mod_deflate.c>",
        f"  AddOutputFilterByType DEFLATE {' '.join((*TYPES.values(), FEED_TYPE))}",
        "</IfModule>",
        "<IfModule mod_headers.c>",
    ]
    for rule in rules:
        lines += [
            f'  <If "%{{REQUEST_URI}} =~ m#{_pattern(rule.paths, root)}#">',
            f'    Header always set {rule.header} "{rule.value}"',
            "  </If>",
        ]
    return _text([*lines, "</IfModule>"])


def _nginx(rules: Sequence[Rule], root: str) -> bytes:
    """A fragment in which no `location` sets a header, for one that does would lose those of the server."""
    texts = " ".join(kind for ending, kind in TYPES.items() if ending != "html")  # which nginx always compresses
    lines = [
        "# For nginx, to be included in a server that has its root where the site lies. Made with the site.",
        "index index.html;",
        f"error_page 404 {root}404.html;",
        "charset utf-8;",
        f"charset_types {texts} application/javascript text/xml {FEED_TYPE};",
        "gzip on;",
        "gzip_vary on;",
        f"gzip_types {texts} application/javascript text/xml {FEED_TYPE};",
        "gzip_static on;  # the copies of `yearbook build --compressed`, where there are any",
        f"location = {root}{FEED} {{ types {{ }} default_type {FEED_TYPE}; }}",
        *(
            f"location ~ \\.{ending}$ {{ types {{ }} default_type {TYPES[ending]}; }}"
            for ending in ("csv", "webmanifest")  # which its own list lacks
        ),
    ]
    for number, rule in enumerate(rules):
        lines += [
            f'set $yearbook_{number} "";',
            f'if ($uri ~ "{_pattern(rule.paths, root)}") {{ set $yearbook_{number} "{rule.value}"; }}',
            f"add_header {rule.header} $yearbook_{number} always;",
        ]
    return _text(lines)


def _pattern(paths: Iterable[str], root: str) -> str:
    """The regular expression of the addresses that any of the paths matches, where the site begins at `root`."""
    return f"^{re.escape(root[:-1])}(?:{'|'.join(map(_expression, paths))})$"


def _expression(path: str) -> str:
    parts = ("[^/]+" if part.startswith(":") else re.escape(part) for part in path.removesuffix("*").split("/"))
    return "/".join(parts) + (".*" if path.endswith("*") else "")


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
