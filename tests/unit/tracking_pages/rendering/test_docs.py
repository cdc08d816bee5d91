import re
from pathlib import Path

DOCS = Path(__file__).parents[4] / "docs"


def test_the_docs_show_every_screenshot_and_all_are_small() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    shown = set(re.findall(r"\(screenshots/([^)]+)\)", pages))
    stored = {picture.name: picture.stat().st_size for picture in (DOCS / "screenshots").glob("*.png")}

    assert shown == set(stored)
    assert max(stored.values()) < 150_000
