"""What of a document leads to a person, and how it reads without."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

ERASED = "[erased]"
OF_A_PERSON = ("name", "address1", "address2", "phone", "email")
"""Fields of an address that say who and where exactly; city, state, postal code and country stay."""
SHORTEST = 5
"""Shorter names and numbers are too likely to be part of something else."""


class Traces:
    """What a customer's order says of them, to be found again in texts. Addresses are told apart from other needles:
    they may be looked for anywhere, while a name is only where people write about the order."""

    def __init__(self, emails: Iterable[str], others: Iterable[str]) -> None:
        self.emails = sorted({email for email in emails if email})
        self.others = sorted({text for text in others if len(text) >= SHORTEST})

    @classmethod
    def joined(cls, traces: "Iterable[Traces]") -> "Traces":
        found = list(traces)
        return cls((e for t in found for e in t.emails), (o for t in found for o in t.others))

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Traces":
        """`fields` of an order."""
        customer = fields.get("customer") or {}
        addresses = [fields.get("shipping_address") or {}, fields.get("billing_address") or {}]
        named = [customer.get("name"), customer.get("phone")]
        named += [address.get(name) for address in addresses for name in ("name", "phone", "address1")]
        return cls([customer.get("email") or ""], [text for text in named if text])

    def without_email(self, value: Any) -> Any:
        return _replaced(value, _pattern(self.emails))

    def without_any(self, value: Any) -> Any:
        return _replaced(value, _pattern([*self.emails, *self.others]))

    def names(self, address: Mapping[str, Any] | None) -> bool:
        """Whether an address is this customer's."""
        return any(str((address or {}).get(field)) in self.others for field in ("name", "address1", "phone"))


def of_place_only(address: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An address without the person."""
    if address is None:
        return None
    return {name: value for name, value in address.items() if name not in OF_A_PERSON}


def without_signer(checkpoint: dict[str, Any]) -> dict[str, Any]:
    """Carriers put the signer's name into the words of a delivery."""
    if checkpoint.get("status") != "delivered":
        return checkpoint
    return {name: value for name, value in checkpoint.items() if name != "status_detail"}


def _pattern(needles: list[str]) -> "re.Pattern[str] | None":
    if not needles:
        return None
    return re.compile("|".join(re.escape(needle) for needle in sorted(needles, key=len, reverse=True)), re.IGNORECASE)


def _replaced(value: Any, pattern: "re.Pattern[str] | None") -> Any:
    if pattern is None:
        return value
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, Mapping):
        return {name: _replaced(entry, pattern) for name, entry in value.items()}
    if isinstance(value, list):
        return [_replaced(entry, pattern) for entry in value]
    return value
