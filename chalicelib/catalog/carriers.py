"""The carriers with a name and a tracking page, read once from `carriers.json`.

Carriers are stored as slugs. A carrier that is not in the table is shown by the name that its source sent, without a
link.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

MAX_NUMBER_LENGTH = 60
"""No carrier's numbers are longer; a link with more than that could only be junk."""


_EMAIL = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")


@dataclass(frozen=True, slots=True)
class Carrier:
    slug: str
    name: str
    tracking_url: str
    """https, with `{number}` unless the carrier's page takes no number in its address."""
    aliases: tuple[str, ...]


def carrier_slug(name: str) -> str | None:
    """`Royal Mail` becomes `royal_mail`. None if the name has neither letters nor digits. E-mail addresses are left
    out: an erasure could not recognise them in a slug."""
    return re.sub(r"[\W_]+", "_", _EMAIL.sub(" ", name.lower())).strip("_") or None


@cache
def _carriers() -> dict[str, Carrier]:
    entries = json.loads((Path(__file__).parent / "carriers.json").read_text(encoding="utf-8"))
    carriers = [Carrier(**{**entry, "aliases": tuple(entry["aliases"])}) for entry in entries]
    return {slug: carrier for carrier in carriers for slug in (carrier.slug, *carrier.aliases)}


def find_carrier(slug: object) -> Carrier | None:
    """By slug or alias."""
    return _carriers().get(slug) if isinstance(slug, str) else None


def display_name(slug: object, sent_name: object) -> str | None:
    """The carrier's name for people: `ups` is `UPS`. Otherwise the name as its source sent it."""
    if carrier := find_carrier(slug):
        return carrier.name
    return sent_name if isinstance(sent_name, str) and sent_name else None


def tracking_link(slug: object, number: object) -> str | None:
    """The carrier's page for a tracking number. Services of a carrier count as the carrier: `ups_ground` is `ups`."""
    compact = "".join(number.split()) if isinstance(number, str) else ""
    carrier = find_carrier(slug) or _carrier_of_service(slug)
    if carrier is None or not 0 < len(compact) <= MAX_NUMBER_LENGTH:
        return None
    return carrier.tracking_url.replace("{number}", quote(compact, safe="", errors="replace"))


def _carrier_of_service(slug: object) -> Carrier | None:
    """The longest slug or alias that `slug` begins with, word by word."""
    words = slug.split("_") if isinstance(slug, str) else []
    beginnings = ("_".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next((carrier for beginning in beginnings if (carrier := find_carrier(beginning))), None)
