"""What a text that a source synced may put into an e-mail: no links, and order numbers that look like numbers.

Whoever connects a shop chooses its order numbers, titles and recipients. Without these rules they could have us send a
message of theirs, in somebody else's name.
"""

import re

from chalicelib.tracking_pages.markup import clean

MAX_NUMBER_LENGTH = 32
_LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|tel|sms|data|javascript):)\S*", re.IGNORECASE)
_DOTS = "[.\u3002\uff0e\uff61]"
_IN_DOMAIN = re.compile(rf"(?<=[^\W_]){_DOTS}(?=[^\W\d_]{{2}})")
"""A dot as in `shop.example`, for which mail programs make a link by themselves."""
_NUMBER = re.compile(r"[#№]?[^\W_]{1,20}(?:[-_/.][^\W_]{1,20}){0,5}(?: [^\W_]{1,20})?")


def without_links(value: object, limit: int) -> str:
    """`value` as one line of at most `limit` characters, in which no mail program finds a link."""
    return _IN_DOMAIN.sub(". ", _LINK.sub("…", clean(value, limit)))


def order_number(value: object) -> str:
    """The order number if it looks like one, otherwise its letters and digits."""
    line = without_links(value, MAX_NUMBER_LENGTH)
    if _NUMBER.fullmatch(line) and any(character.isdigit() for character in line):
        return line
    return "".join(character for character in line if character.isalnum() or character in "#-")[:20] or "–"
