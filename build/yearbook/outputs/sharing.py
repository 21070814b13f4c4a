"""The links by which a reader passes a page on: plain addresses, which ask nothing of anybody until followed."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A way to pass a page on: what its link says, and where it leads. `is_foreign` if that is another site."""

    label: str
    address: str
    is_foreign: bool = True


def share_links(site: str, title: str, address: str) -> tuple[ShareLink, ...]:
    """The ways for the page of that title at `address` on the site; none where the site has no address of its own.

    Each carries the title and the page's address, and nothing that tells one reader from another.
    """
    if not site:
        return ()
    page = f"{site}{address}"
    both = quote(f"{title} {page}", safe="")
    mail = f"mailto:?subject={quote(title, safe='')}&body={quote(page, safe='')}"
    return (
        ShareLink("E-mail", mail, is_foreign=False),
        ShareLink("Bluesky", f"https://bsky.app/intent/compose?text={both}"),
        ShareLink("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={quote(page, safe='')}"),
        ShareLink("WhatsApp", f"https://wa.me/?text={both}"),
    )
