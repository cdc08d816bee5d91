"""Finding what identifies a customer in texts and documents, and replacing it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from chalicelib.privacy.deliveries import without_signers
from chalicelib.privacy.identity import address_in, ascii_address, canonical_email, is_same_person
from chalicelib.security import crypto

ERASED = "[erased]"
PERSONAL_ADDRESS_FIELDS = ("name", "address1", "address2", "phone", "email")
"""Fields of an address that say who and where exactly. City, state, postal code and country stay."""
MIN_IDENTIFIER_LENGTH = 5
"""Shorter names and numbers are too likely to be part of another word."""
_LETTER = re.compile(r"[^\x00-\x7f][\u0300-\u036f]*")
"""Letters with more than one Unicode form."""
_WORD = re.compile(r"\w+")
DIGEST_BYTES = 10
_ANY_EMAIL = re.compile(r"[^\s@<>(),;:\"']+@[^\s@<>(),;:\"']+\.[^\s@<>(),;:\"'.]{2,}")


class Traces:
    """What an order says about its customer, to be found again in texts.

    E-mail addresses are unambiguous and may be replaced anywhere. The other `identifiers` (names, phone numbers,
    streets) are replaced only in texts about the customer's own orders.
    """

    def __init__(self, emails: Iterable[str], identifiers: Iterable[str]) -> None:
        self.emails = sorted({email for email in emails if email})
        self.identifiers = sorted({text for text in identifiers if len(text) >= MIN_IDENTIFIER_LENGTH})

    @classmethod
    def union(cls, traces: "Iterable[Traces]") -> "Traces":
        every = list(traces)
        return cls((e for t in every for e in t.emails), (i for t in every for i in t.identifiers))

    @classmethod
    def of_order(cls, fields: Mapping[str, Any]) -> "Traces":
        """`fields` are an order's, merged or as an event shows them."""
        customer = fields.get("customer") or {}
        addresses = [fields.get("shipping_address") or {}, fields.get("billing_address") or {}]
        values = [customer.get("name"), customer.get("phone")]
        values += [address.get(name) for address in addresses for name in ("name", "phone", "address1")]
        return cls([customer.get("email") or ""], [text for text in values if text])

    def redact_emails(self, value: Any) -> Any:
        return _replace(value, _pattern(self._email_spellings()))

    def redact_all(self, value: Any) -> Any:
        return _replace(value, _pattern([*self._email_spellings(), *self.identifiers]))

    def _email_spellings(self) -> list[str]:
        return [spelling for email in self.emails for spelling in _spellings(email)]

    def digests(self, organization_id: str, stored: Any = None) -> list[str] | bool:
        """The identifiers as keyed hashes, by which `KeyedTraces` finds them again without knowing them, added to those
        that are `stored`. Each begins with the number of its words. True if there are none."""
        key = _digest_key(organization_id)
        words = {tuple(_WORD.findall(_folded(text))) for text in self.identifiers}
        digests = {f"{len(each)}:{_digest(key, each)}" for each in words if each}
        return sorted({*digests, *(stored if isinstance(stored, list) else ())}) or True

    def excluding(self, other: "Traces") -> "Traces":
        """Without the identifiers that `other` has too: the same person may have changed the e-mail address."""
        return Traces(self.emails, set(self.identifiers) - set(other.identifiers))

    def is_covered_by(self, other: "Traces") -> bool:
        """Whether `other` has all of these, in whatever spelling."""
        return self._comparable() <= other._comparable()

    def _comparable(self) -> set[str]:
        return {*map(canonical_email, self.emails), *map(_folded, self.identifiers)}

    def describe(self, address: Mapping[str, Any] | None) -> bool:
        """Whether an address is this customer's."""
        known = {_folded(text) for text in self.identifiers}
        values = [(address or {}).get(field) for field in ("name", "address1", "phone")]
        return any(_folded(str(value)) in known for value in values if value)


class KeyedTraces(Traces):
    """Traces of an erased customer: keyed hashes of names, numbers and streets. Any e-mail address counts as theirs."""

    def __init__(self, organization_id: str, stored: Any) -> None:
        """`stored` is a list of digests, or True from before there were any."""
        super().__init__([], [])
        self._organization_id = organization_id
        self._digests: dict[int, set[str]] = {}
        for each in stored if isinstance(stored, list) else ():
            number, _, digest = each.partition(":")
            self._digests.setdefault(int(number), set()).add(digest)

    def redact_emails(self, value: Any) -> Any:
        return redact_any_email(value)

    def redact_all(self, value: Any) -> Any:
        if not self._digests:
            return redact_any_email(value)
        return _map_texts(redact_any_email(value), self._redact_words)

    def _redact_words(self, text: str) -> str:
        composed = normalize("NFC", text)
        found = [match.span() for match in _WORD.finditer(composed)]
        words = [_folded(composed[start:end]) for start, end in found]
        key = _digest_key(self._organization_id)
        redacted, at, first = "", 0, 0
        while first < len(words):
            for number, digests in sorted(self._digests.items(), reverse=True):
                last = first + number - 1
                if last < len(words) and _digest(key, words[first : last + 1]) in digests:
                    redacted += composed[at : found[first][0]] + ERASED
                    at, first = found[last][1], last
                    break
            first += 1
        return redacted + composed[at:] if at else text


@dataclass(frozen=True, slots=True)
class RedactionScope:
    """What to look for in the log, and where to look for all of it."""

    traces: Traces
    own_ids: frozenset[str]
    """Orders, shipments and requests of the customer's: what is recorded about them loses names as well."""
    reassigned_ids: frozenset[str]
    """Orders that name another customer by now: only snapshots that still name this one lose names."""

    def redact_snapshot(self, resource_id: str | None, data: dict[str, Any]) -> dict[str, Any]:
        """An event's snapshot of a resource, without the customer."""
        # Snapshots of a removed shipment still say which order it belonged to.
        is_own = resource_id in self.own_ids or data.get("order_id") in self.own_ids
        is_own = is_own or (resource_id in self.reassigned_ids and self._names_customer(data))
        return _redact_own(data, self.traces) if is_own else self.traces.redact_emails(data)

    def redact_metadata(self, resource_id: str | None, data: dict[str, Any]) -> dict[str, Any]:
        redact = self.traces.redact_all if resource_id in self.own_ids else self.traces.redact_emails
        redacted: dict[str, Any] = redact(data)
        return redacted

    def _names_customer(self, data: dict[str, Any]) -> bool:
        customer = data.get("customer")
        email = customer.get("email") if isinstance(customer, dict) else None
        return isinstance(email, str) and any(is_same_person(email, own) for own in self.traces.emails)


def _redact_own(snapshot: dict[str, Any], traces: Traces) -> dict[str, Any]:
    redacted: dict[str, Any] = traces.redact_all(snapshot)
    if isinstance(redacted.get("customer"), dict):
        redacted["customer"] = dict.fromkeys(redacted["customer"])
    if isinstance(redacted.get("checkpoints"), list):
        redacted["checkpoints"] = without_signers(redacted.get("status"), redacted["checkpoints"])
    return redacted


def place_only(address: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An address without the person."""
    if address is None:
        return None
    return {name: value for name, value in address.items() if name not in PERSONAL_ADDRESS_FIELDS}


def redact_any_email(value: Any) -> Any:
    """Replaces everything that looks like an e-mail address, no matter whose."""
    return _replace(value, _ANY_EMAIL)


def _spellings(email: str) -> set[str]:
    """How texts may spell the address: as given, in its canonical form, with a Punycode domain; in URLs and in JSON."""
    spellings = {email, address_in(email), canonical_email(email)}
    with suppress(ValueError):
        spellings.add(ascii_address(email))
    spellings |= {quote(spelling, safe="") for spelling in spellings}
    spellings |= {json.dumps(spelling)[1:-1] for spelling in spellings}
    return {spelling for spelling in spellings if spelling}


def _pattern(needles: list[str]) -> "re.Pattern[str] | None":
    if not needles:
        return None
    longest_first = sorted(needles, key=len, reverse=True)
    return re.compile("|".join(map(_flexible, longest_first)), re.IGNORECASE)


def _flexible(needle: str) -> str:
    """A pattern for the text in any case and Unicode normal form, with any white space between its words."""
    words = [_LETTER.sub(_any_form, re.escape(word)) for word in normalize("NFC", needle).split()]
    return r"\s+".join(words)


def _any_form(letter: "re.Match[str]") -> str:
    cases = {letter[0], letter[0].lower(), letter[0].upper(), letter[0].casefold()}
    forms = {normalize(form, case) for case in cases for form in ("NFC", "NFD")}
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def _folded(text: str) -> str:
    return " ".join(normalize("NFC", normalize("NFC", text).casefold()).split())


def _replace(value: Any, pattern: "re.Pattern[str] | None") -> Any:
    return value if pattern is None else _map_texts(value, lambda text: pattern.sub(ERASED, text))


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _map_texts(entry, change) for name, entry in value.items()}
    if isinstance(value, list):
        return [_map_texts(entry, change) for entry in value]
    return value


def _digest_key(organization_id: str) -> bytes:
    return bytes.fromhex(crypto.keyed_hash("erased-traces", organization_id))


def _digest(key: bytes, words: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), key=key, digest_size=DIGEST_BYTES).hexdigest()
