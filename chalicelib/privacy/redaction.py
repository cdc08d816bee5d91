"""What of a document leads to a person, and how it reads without."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ERASED = "[erased]"
OF_A_PERSON = ("name", "address1", "address2", "phone", "email")
"""Fields of an address that say who and where exactly; city, state, postal code and country stay."""
_ADDRESS = re.compile(r"[^\s@<>(),;:\"']+@[^\s@<>(),;:\"']+\.[^\s@<>(),;:\"'.]{2,}")
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

    def besides(self, others: "Traces") -> "Traces":
        """Without the names that `others` have as well: the same person may have changed the address."""
        return Traces(self.emails, set(self.others) - set(others.others))

    def has_beyond(self, others: "Traces") -> bool:
        """Whether there is anything here that `others` have not, in whatever case."""
        known = {text.lower() for text in [*others.emails, *others.others]}
        return any(text.lower() not in known for text in [*self.emails, *self.others])

    def names(self, address: Mapping[str, Any] | None) -> bool:
        """Whether an address is this customer's."""
        return any(str((address or {}).get(field)) in self.others for field in ("name", "address1", "phone"))


@dataclass(frozen=True, slots=True)
class Reach:
    """What to look for, and where all of it is to go."""

    traces: Traces
    whole: frozenset[str]
    """Ids of orders, shipments and requests that are the customer's: names go from them as well."""
    shared: frozenset[str]
    """Ids of orders that have become somebody else's since."""

    def snapshot(self, resource_id: str | None, data: dict[str, Any]) -> dict[str, Any]:
        """What an event holds of a thing, without the customer."""
        # A parcel that is gone by now still says in its snapshots which order it was of.
        own = resource_id in self.whole or data.get("order_id") in self.whole
        own = own or (resource_id in self.shared and self._names(data))
        return _forgotten(data, self.traces) if own else self.traces.without_email(data)

    def metadata(self, resource_id: str | None, data: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any]
        told = self.traces.without_any(data) if resource_id in self.whole else self.traces.without_email(data)
        return told

    def _names(self, data: dict[str, Any]) -> bool:
        customer = data.get("customer")
        email = customer.get("email") if isinstance(customer, dict) else None
        return isinstance(email, str) and self.traces.without_email(email.strip()) == ERASED


def _forgotten(snapshot: dict[str, Any], traces: Traces) -> dict[str, Any]:
    told: dict[str, Any] = traces.without_any(snapshot)
    if isinstance(told.get("customer"), dict):
        told["customer"] = dict.fromkeys(told["customer"])
    if isinstance(told.get("checkpoints"), list):
        told["checkpoints"] = [without_signer(checkpoint) for checkpoint in told["checkpoints"]]
    return told


def of_place_only(address: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An address without the person."""
    if address is None:
        return None
    return {name: value for name, value in address.items() if name not in OF_A_PERSON}


def without_addresses(value: Any) -> Any:
    """Without anything that looks like an e-mail address, whoever's it is."""
    return _replaced(value, _ADDRESS)


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
