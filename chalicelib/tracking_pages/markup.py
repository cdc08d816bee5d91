"""HTML by construction: text becomes markup only through `escape`, elements only through `element`.

`Html` marks what is markup already. Everything else that is put into an element is escaped, so forgetting something
shows markup as text and never text as markup. `Html + str` is a plain `str` again, which errs on the same side.
"""

import html
import re
from collections.abc import Iterable
from string import Formatter

# What no page should carry: control characters, halves of surrogate pairs (they can't be encoded), and the characters
# that turn the direction of everything after them. Elements isolate foreign text; a window's title can't.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
_VOID = frozenset({"img", "link", "meta"})


class Html(str):
    """Text that is markup. Only this module, the drawings and the style sheet make any."""

    __slots__ = ()


def clean(value: object, limit: int) -> str:
    """`value` as one line of at most `limit` characters; empty for what is not text or a number."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    # Cut before cleaning as well: a megabyte of white space should not cost a megabyte of work.
    line = " ".join(_UNWANTED.sub(" ", str(value)[: limit * 8]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def escape(text: str) -> Html:
    return text if isinstance(text, Html) else Html(html.escape(_UNWANTED.sub(" ", text), quote=True))


def join(parts: Iterable[str | None]) -> Html:
    return Html("".join(escape(part) for part in parts if part is not None))


def element(name: str, /, *children: str | None, **attributes: str | None) -> Html:
    """`<name attributes>children</name>`. Attributes lose a trailing `_`, `_` within becomes `-`, None is left out."""
    opening = [name]
    for key, value in attributes.items():
        if value is not None:
            opening.append(f'{key.rstrip("_").replace("_", "-")}="{escape(value)}"')
    start = Html(f"<{' '.join(opening)}>")
    return start if name in _VOID else Html(f"{start}{join(children)}</{name}>")


def foreign(value: object, limit: int) -> Html | None:
    """Text that others wrote, cut and isolated from the direction of the text around it; None where there is none."""
    line = clean(value, limit)
    return element("bdi", line) if line else None


def fill(template: str, **parts: str) -> Html:
    """A sentence of ours with its `{places}` filled; both are escaped unless they are markup."""
    pieces: list[str] = []
    for literal, place, _, _ in Formatter().parse(template):
        pieces.append(literal)
        if place is not None:
            pieces.append(parts[place])
    return join(pieces)
