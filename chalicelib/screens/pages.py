"""The pages around the components, and the console. What they show comes from the files in `static/` and the API."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from chalicelib.http.files import JAVASCRIPT
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import configs
from chalicelib.organizations.store import ConfigItem
from chalicelib.tracking_pages.branding import read_logo

STATIC: Final = Path(__file__).with_name("static")
ASSETS: Final = STATIC / "assets"
CONTENT_TYPES: Final = {".js": JAVASCRIPT, ".css": "text/css; charset=utf-8"}

# The addresses are relative, so that the pages work below a stage's path as well as at the root of a domain.
PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}{style}">
{preloads}
<script type="module" src="{base}{script}"></script>
</head>
<body>
<noscript>This page requires JavaScript.</noscript>
</body>
</html>
"""


class Page(NamedTuple):
    html: str
    status: int
    headers: dict[str, str]


def find_asset(name: str) -> tuple[Path, str]:
    """A built file and its content type. Raises NotFound."""
    path = ASSETS / name
    # A name is one part of a path, but its letters are the caller's.
    if path.parent != ASSETS or path.suffix not in CONTENT_TYPES or not path.is_file():
        raise NotFound
    return path, CONTENT_TYPES[path.suffix]


def portal(slug: str) -> Page:
    """The portal of an organization. Only pages on its `allowed_origins` may frame it. The page of an unknown one has
    another status, but it works alike: it refuses a session of any other organization than `slug`."""
    config = configs.find_by_slug(slug)
    if config is not None and not config.is_active:
        config = None
    return Page(_page("portal", "Portal", ""), 200 if config else 404, _headers(config))


def console() -> Page:
    """Nobody frames it, and it may show any organization's logo: which one is not known before somebody signs in."""
    headers = _headers(None, **{"img-src": "https: data:", "frame-src": "'self'"})
    return Page(_page("console", "Console", ""), 200, headers)


def gallery() -> Page:
    return Page(_page("gallery", "Gallery", "../"), 200, _headers(None))


def _page(entry: str, title: str, base: str) -> str:
    built = _built()[entry]
    preloads = "\n".join(f'<link rel="modulepreload" href="{base}{name}">' for name in built["imports"])
    return PAGE.format(title=title, base=base, style=built["style"], script=built["script"], preloads=preloads)


@cache
def _built() -> dict[str, dict[str, Any]]:
    """The build's entries: the script of each, what it imports at once, and its style sheet."""
    built: dict[str, dict[str, Any]] = json.loads((STATIC / "built.json").read_text(encoding="utf-8"))
    return built


def _headers(config: ConfigItem | None, **further: str) -> dict[str, str]:
    logo = read_logo(config.branding.get("logo_url")) if config else None
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": f"{logo.origin} data:" if logo else "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": _frame_ancestors(config.allowed_origins if config else ()),
        "require-trusted-types-for": "'script'",
        "trusted-types": "lit-html",
        **further,
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # Who may frame it and which files it loads must be current.
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _frame_ancestors(origins: Sequence[str]) -> str:
    """App origins such as `capacitor://localhost` are not valid there; a page of theirs is not framed."""
    return " ".join(origin for origin in origins if origin.startswith(("https://", "http://"))) or "'none'"
