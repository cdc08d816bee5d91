"""Makes third-party text safe to show: it can neither break the line nor change the text around it."""

import re

# Control characters and line separators, unpaired surrogates (which can't be encoded) and non-characters.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffc-\uffff\ud800-\udfff]")
# Invisible characters: those that change the direction of the text after them (`gpj.exe` for `exe.jpg`), and those that
# make two names look the same. The joiners U+200C and U+200D stay, as Persian and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def strip_invisible(text: str) -> str:
    """Without invisible characters, and with a space for each that would break the line."""
    return _BREAKING.sub(" ", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """The visible text on one line, with single spaces."""
    return " ".join(strip_invisible(text).split())
