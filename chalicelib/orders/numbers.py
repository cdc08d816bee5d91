"""Order numbers as shoppers type them."""

from unicodedata import normalize


def comparable_number(order_number: str) -> str:
    """The form in which order numbers are compared: without surrounding space, upper case and a leading `#`."""
    text = normalize("NFC", order_number).strip()
    return (text.removeprefix("#").strip() or text).casefold()
