import re
from pathlib import Path

DOCS = Path(__file__).parents[4] / "docs"


def test_the_docs_show_every_screenshot_and_all_are_small() -> None:
    shown = set(re.findall(r"\(screenshots/([^)]+)\)", (DOCS / "tracking-page.md").read_text(encoding="utf-8")))
    stored = {picture.name: picture.stat().st_size for picture in (DOCS / "screenshots").glob("*.png")}

    assert shown == set(stored)
    assert max(stored.values()) < 150_000
