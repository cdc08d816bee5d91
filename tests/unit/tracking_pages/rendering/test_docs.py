import re
from pathlib import Path

DOCS = Path(__file__).parents[4] / "docs"


def test_the_pictures_in_the_docs_are_those_that_are_kept_and_they_are_small() -> None:
    shown = set(re.findall(r"\(screenshots/([^)]+)\)", (DOCS / "tracking-page.md").read_text(encoding="utf-8")))
    kept = {picture.name: picture.stat().st_size for picture in (DOCS / "screenshots").glob("*.png")}

    assert shown == set(kept)
    assert max(kept.values()) < 150_000
