"""Builds HTML that is escaped by default.

Only `Html` is inserted into an element as it is; any other string is escaped. A mistake therefore shows markup as text,
never text as markup. `Html + str` is a plain `str`, so it is escaped too.
"""

import html
from collections.abc import Iterable
from string import Formatter

from chalicelib.kit.text import one_line, strip_invisible

_VOID = frozenset({"img", "link", "meta"})


class Html(str):
    """A string that is already markup. Created only here, by the icons and by the style sheet."""

    __slots__ = ()


def clean(value: object, limit: int) -> str:
    """`value` as one line of at most `limit` characters, or an empty string if it is neither text nor a number."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    # Truncated before cleaning too, which bounds the work for very long input.
    line = one_line(str(value)[: limit * 8])
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def escape(text: str) -> Html:
    return text if isinstance(text, Html) else Html(html.escape(strip_invisible(text), quote=True))


def join(parts: Iterable[str | None]) -> Html:
    return Html("".join(escape(part) for part in parts if part is not None))


def element(name: str, /, *children: str | None, **attributes: str | None) -> Html:
    """Attribute names lose a trailing `_`, and other `_` become `-`. Whatever is None is skipped."""
    opening = [name]
    for key, value in attributes.items():
        if value is not None:
            opening.append(f'{key.rstrip("_").replace("_", "-")}="{escape(value)}"')
    start = Html(f"<{' '.join(opening)}>")
    return start if name in _VOID else Html(f"{start}{join(children)}</{name}>")


def isolate(value: object, limit: int) -> Html | None:
    """Third-party text, truncated and wrapped in `<bdi>` so that it can't change the direction of the text around it.

    None if nothing is left of it.
    """
    line = clean(value, limit)
    return element("bdi", line) if line else None


def fill(template: str, **parts: str) -> Html:
    """Replaces the `{placeholders}` of `template`. Everything that is not `Html` is escaped."""
    pieces: list[str] = []
    for literal, placeholder, _, _ in Formatter().parse(template):
        pieces.append(literal)
        if placeholder is not None:
            pieces.append(parts[placeholder])
    return join(pieces)
