"""The organization's lists of webhooks that are failing or disabled, in the table's first index.

An entry is written with the change of state that it follows from. A webhook in order is on neither list, and costs no
write.
"""

from typing import Final, Literal, NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.table import keys
from chalicelib.table.items import assign
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, fetch_items, list_entries
from chalicelib.table.reads import MAX_PAGES, count
from chalicelib.table.transaction import update
from chalicelib.webhooks.store import WebhookItem, list_all_webhooks

TroubleState = Literal["failing", "disabled"]
MAX_COUNTED: Final = 1000


class Troubled(NamedTuple):
    webhooks: list[WebhookItem]
    following: str | None
    """The sort key to continue below."""


def list_by_state(item: WebhookItem) -> list[Action]:
    """Put the webhook on the list of the state that `item` has by now, and take it off the other."""
    g1pk, g1sk = _entry(item) or (None, None)
    return assign(item, {"g1pk": g1pk, "g1sk": g1sk})


def _entry(item: WebhookItem) -> Key | None:
    state = state_of(item)
    if state is None:
        return None
    since = item.inactive_since if state == "disabled" else item.first_failure_at
    return keys.troubled_webhook(item.organization_id, state, since or item.updated_at, item.id)


def state_of(item: WebhookItem) -> TroubleState | None:
    if not item.is_active:
        return "disabled"
    return "failing" if item.consecutive_failures else None


def list_troubled(
    organization_id: str, state: TroubleState, window: Window, end_user_id: str | None = None
) -> Troubled:
    """Those whose trouble began last come first."""
    partition, where = keys.troubled_webhook(organization_id, state, "", "").pk, _of(organization_id, end_user_id)
    entries = list_entries(partition, window, index="gsi1", where=where, max_pages=MAX_PAGES)
    items = map(WebhookItem.of, fetch_items(entries.rows, consistent=True))
    # The index may lag behind the webhooks.
    return Troubled([item for item in items if state_of(item) == state], entries.next)


def count_troubled(organization_id: str, state: TroubleState, end_user_id: str | None = None) -> tuple[int, bool]:
    """Their number, and whether there are more than MAX_COUNTED."""
    partition = keys.troubled_webhook(organization_id, state, "", "").pk
    where = _of(organization_id, end_user_id)
    return count(partition, index="gsi1", where=where, limit=MAX_COUNTED, max_pages=MAX_PAGES)


def _of(organization_id: str, end_user_id: str | None) -> Condition | None:
    return None if end_user_id is None else Path(["pk"]) == keys.subscriptions(organization_id, end_user_id)


def list_again(organization_id: str, end_user_id: str | None) -> int:
    """List webhooks whose state is from before there were lists. Returns their number."""
    items = list_all_webhooks(organization_id, end_user_id)
    return sum(_list_again(item) for item in items if _entry(item) not in (None, Key(item.g1pk or "", item.g1sk or "")))


def _list_again(item: WebhookItem) -> bool:
    same = (WebhookItem.generation == item.generation) & (WebhookItem.is_active == item.is_active)
    same = same & (WebhookItem.consecutive_failures == item.consecutive_failures)
    return update(item.key, list_by_state(item), same) is not None
