"""The contract between the runtime and a platform's package, first half: what a package gets.

Times are text like `2026-01-15T10:30:00.000Z` (`kit.clock`). Numbers with a fraction are Decimals (`kit.codec`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from chalicelib.connectors.faults import InvalidAnswer, for_status
from chalicelib.kit import codec

Record = dict[str, Any]
"""An order or a shipment as the Sync API takes it. What is wrong with a field costs that field, as it does there."""
ChangeKind = Literal["cancel", "hold", "release", "address_change", "note"]


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response of any status. Redirects are followed only within one host, and only for GET."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> Any:
        """Raises InvalidAnswer if the body is no JSON, such as a login page or half a body."""
        try:
            return codec.loads(self.body)
        except (ValueError, RecursionError):
            raise self.invalid() from None

    def invalid(self) -> InvalidAnswer:
        """The fault to raise if this is not what the platform's API answers."""
        return InvalidAnswer(self.status, self.headers.get("content-type", ""))

    def require_ok(self) -> None:
        """Raises the fault that a status outside of 2xx usually means (`faults.for_status`). A package that knows
        better looks at `status` first."""
        if not 200 <= self.status < 300:
            raise for_status(self.status, self.headers)


class Http(Protocol):
    """Calls over https to public addresses, each bounded by 30 seconds and 10 MB in all, whatever the server does.

    In the local stack, a parameter maps hosts of platforms to servers on loopback; packages don't notice.
    """

    def __call__(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        basic_auth: tuple[str, str] | None = None,
    ) -> Response:
        """At most one of `json` and `form`. Raises `faults.Unreachable` if there is no complete response, and
        `faults.OutOfTime` if the task has no time left for another call."""
        ...


@dataclass(frozen=True, slots=True)
class Shop:
    """One bridge's connection."""

    bridge_id: str
    config: Mapping[str, str]
    """The bridge's config, decrypted: the catalog's fields, and what `renew` and `complete` returned."""
    http: Http
    memory: dict[str, Any] = field(default_factory=dict)
    """Up to 8 KB of JSON that the package may change, such as which plugins the shop has. Stored with each checkpoint,
    unencrypted: no secrets and no personal data. May be empty again at any time."""
    app: Mapping[str, str] = field(default_factory=dict)
    """The deployment's own credentials for the platform (`client_id`, `client_secret`); empty if it has none."""


@dataclass(frozen=True, slots=True)
class HookTarget:
    address: str
    """Where the platform posts its hooks for this bridge: https, unique to the bridge, and stable."""
    secret: str
    """A secret of the bridge's own for platforms that take one. Stored apart from the config."""


@dataclass(frozen=True, slots=True)
class HookRequest:
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """Exactly as it came: signatures are over these bytes."""
    query: Mapping[str, str]
    """For platforms that sign nothing: then the secret travels in the registered address (`?token=…`)."""
    secret: str
    """What `keep_hooks` returned for this bridge."""
    app: Mapping[str, str] = field(default_factory=dict)
    """As `Shop.app`: some platforms sign with the deployment's own secret."""


@dataclass(frozen=True, slots=True)
class FulfilmentLine:
    sku: str | None
    title: str | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What the shop has to be told of a shipment."""

    shipment_id: str
    """Ours. Where the platform has room for a reference, it belongs there, so that `fulfil` finds what it made."""
    tracking_number: str
    carrier: str | None
    """A slug of `catalog.carriers` where we know the carrier, such as `ups`."""
    carrier_name: str | None
    tracking_url: str | None
    lines: tuple[FulfilmentLine, ...] | None
    """None: everything that is not yet fulfilled."""
    known_id: str | None = None
    """What an earlier call returned for this shipment: then update that fulfilment."""
    known_number: str | None = None
    """The tracking number that the earlier call sent."""


@dataclass(frozen=True, slots=True)
class Change:
    """An approved request, to be made true at the source."""

    kind: ChangeKind
    request_id: str
    """Notes carry it, so that they are found again."""
    order_number: str | None = None
    """The order's, for shippers, which may not know the source's id."""
    address: Record | None = None
    """`address_change`: as the Sync API's `shipping_address`, complete."""
    text: str | None = None
    """`note`: its text. `hold`, `cancel`: the reason, if one was given."""
    until: str | None = None
    """`hold`: when it ends, if that is known."""
    refund: bool = False
    restock: bool = True
    notify_customer: bool = False
    """These three are for `cancel`."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A merchant's way to the platform and back, where they agree to the connection."""

    shop: str
    """As the catalog's OAuth or the package's `shop_of` normalised it."""
    state: str
    """Random and usable once. Where the platform returns it, the runtime checks it."""
    callback_url: str
    """Where the platform sends the merchant, or posts the credentials."""
    return_url: str
    """Where the merchant lands if the platform posts the credentials apart."""
    app_name: str
    """The organization's name, as the platform's page should show it."""
    http: Http
    app: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]
