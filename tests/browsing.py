"""The machine's own Chromium: `YEARBOOK_CHROMIUM` names it, or it is looked for under its usual names."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MISSING = (
    "no Chromium was found, so the pages were not opened in a browser: install one (apt-get install chromium) "
    "or name it in YEARBOOK_CHROMIUM"
)


def find_chromium() -> str | None:
    named = os.environ.get("YEARBOOK_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)
