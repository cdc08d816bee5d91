"""The contract between the runtime and a platform's package, second half: what a package gives.

The runtime knows no platform, and a package knows no table: it imports `shop`, `platform` and `faults` of this room,
`kit` and `catalog`, which a test holds. It turns pages of its platform into records of the Sync API, and makes the
calls that change something. All else is the runtime's: when a task runs, how often, under which lease, what is stored,
and what a merchant is told.

A package exports one `Platform`, which `connectors.platforms` lists. Functions that its platform has no use for stay
None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.connectors.shop import (
    Change,
    ChangeKind,
    Consent,
    ConsentAnswer,
    Fulfilment,
    HookRequest,
    HookTarget,
    Record,
    Shop,
)

Cursor = str | None
PollTask = Literal["grab_orders", "grab_shipments"]
Task = PollTask | Literal["get_order"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of the platform that can't be mapped. It costs itself, never its neighbours."""

    external_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 100 orders and 100 shipments, in the Sync API's form, whole as the source has them.

    Orders that were only changed belong in it as well as new ones. A record may come twice; none may be missed because
    others changed while the pages were read: sort by what does not move, or by the time of change, oldest first.
    """

    orders: list[Record] = field(default_factory=list)
    shipments: list[Record] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    """External ids of orders that the page says are gone (in the trash, say)."""
    next: str | None = None
    """The cursor of the page after this one (up to 1 KB of text, no secrets), None after the last. Stored before the
    next page is asked for, so a cursor must work in another process, minutes later."""
    total: int | None = None
    """How many records all pages have, where the platform tells at no extra cost. For the progress bar."""


@dataclass(frozen=True, slots=True)
class IdPage:
    ids: list[str]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    message: str
    """For the merchant: `Connected to Example Store.`"""
    name: str | None = None
    """The shop's own name."""


@dataclass(frozen=True, slots=True)
class Hook:
    """What a genuine hook is about. Its data is not believed: the runtime asks the source."""

    delivery_id: str | None
    """The platform's, the same when it delivers again. None: it has none, and the body's hash is taken."""
    topic: str
    task: Task | None
    """`get_order` with the order's `external_id`; None if nothing is to be done (a ping, a topic of no interest)."""
    external_id: str | None = None
    is_disconnected: bool = False
    """The merchant removed the connection at the platform (uninstalled the app)."""


@dataclass(frozen=True, slots=True)
class AppHook:
    """What a platform asks of an app about one of its shops, at the one address that all shops share."""

    delivery_id: str | None
    topic: str
    kind: Literal["erase_customer", "export_customer", "delete_shop"] | None
    """None if nothing is to be done."""
    shop: str
    """As bridges are connected to it: normalised."""
    email: str | None = None
    order_ids: tuple[str, ...] = ()
    """External ids of the customer's orders."""


@dataclass(frozen=True, slots=True)
class Renewal:
    config: dict[str, str]
    """The fields to change. Stored before anything is called with them."""
    expires_at: str | None
    """When the new credentials expire. The runtime calls `renew` again ten minutes before."""


@dataclass(frozen=True, slots=True)
class Applied:
    order: Record | None
    """The order as read back from the source, in which the change was seen. None if it is gone and that is as it
    should be."""
    message: str | None = None
    """What the merchant should know, such as that the shop wrote the address in another way."""


@dataclass(frozen=True, slots=True)
class Platform:
    """All functions raise only faults (`connectors.faults`). Any may be killed at any point and is then called again
    with the same arguments: those that change something look first, then act, then read back."""

    id: str
    """The bridge type in the catalog."""

    test: Callable[[Shop], Tested]
    """One or two cheap calls that show that the credentials hold for this very shop, with the rights needed. Raises
    AuthFault with a message that says what to do."""

    orders: Callable[[Shop, str, Cursor], Page] | None = None
    """(shop, since, cursor): orders changed at or after `since` by the source's clock, a page at a time, with their
    shipments where the platform gives them in the same call. One call a page, one more for each order that needs it.
    The overlap of ten minutes is already in `since`."""
    shipments: Callable[[Shop, str, Cursor], Page] | None = None
    """As `orders`, for shippers and for platforms whose shipments have a list of their own."""
    order: Callable[[Shop, str], Page | None] | None = None
    """(shop, external id): that order and its shipments, or None if the source does not have it any more."""
    order_ids: Callable[[Shop, str, Cursor], IdPage] | None = None
    """(shop, since, cursor): ids of all orders created at or after `since` that the source still has, in as few calls
    as it allows. Compared daily with ours."""

    keep_hooks: Callable[[Shop, HookTarget], str | None] | None = None
    """Make sure that the platform posts hooks to the address: registered once, complete, switched on. Called after
    connecting and hourly, so it changes nothing that is right. Returns the secret that hooks are signed with, or None
    if this shop can have none (it is polled only)."""
    remove_hooks: Callable[[Shop, HookTarget], None] | None = None
    """When a bridge was deleted. Best effort: it is called once. `target` has no secret."""
    read_hook: Callable[[HookRequest], Hook] | None = None
    """Raises Forged unless the signature is right. Runs in the API's function: no calls."""

    read_app_hook: Callable[[HookRequest], AppHook] | None = None
    """As `read_hook`, for hooks to the deployment's app (`/hooks/{bridge type}`); `secret` is empty."""

    fulfil: Callable[[Shop, str, Fulfilment], str] | None = None
    """(shop, order's external id, fulfilment): the platform's id of the fulfilment, whether it had to be made, to be
    changed, or was there: by `known_id`, by the reference, or by its tracking number."""
    apply: Callable[[Shop, str, Change], Applied] | None = None
    """(shop, order's external id, change). Raises Refused if the platform does not allow it, NotSeen if it accepted
    the change and still shows the order without it."""
    changes: frozenset[ChangeKind] = frozenset()
    """The kinds that `apply` can do; others are for people to do by hand."""

    renew: Callable[[Shop, bool], Renewal | None] | None = None
    """(shop, refused): new credentials if these expire within ten minutes, or were just refused; None if there is
    nothing to renew. Runs under the bridge's lease. The old ones should keep working until the new are used, as the
    process may die before they are stored."""

    authorize_url: Callable[[Consent], str] | None = None
    """Where the merchant agrees. No calls."""
    complete: Callable[[Consent, ConsentAnswer], dict[str, str]] | None = None
    """Check the platform's answer at the callback and return the config to store. Raises Forged if it is not the
    platform's or not for this shop. The runtime then calls `test`: credentials hold only after that."""
    reads_state: Callable[[Mapping[str, str]], str | None] | None = None
    """The state in a callback's query, for platforms that don't keep a state in the path."""

    @property
    def polled(self) -> list[PollTask]:
        """How the platform is looked at: a task for each kind of record that it has a list of."""
        kinds: list[PollTask] = ["grab_orders"] if self.orders is not None else []
        return [*kinds, "grab_shipments"] if self.shipments is not None else kinds
