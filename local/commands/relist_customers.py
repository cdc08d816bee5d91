"""List orders under their customers again. Needed once, after the upgrade to a version that compares e-mail addresses
in every spelling and lists a customer's orders by end user: orders stored before then are listed elsewhere.

What is listed correctly is only read. The command may be repeated, also while records are being synced.
"""

from typing import TYPE_CHECKING

from local.commands.upgrades import chosen

if TYPE_CHECKING:
    from chalicelib.orders.store import OrderItem
    from chalicelib.table.keys import Key

PAGE = 100


def former_spelling(email: str) -> str:
    """What addresses were compared by."""
    address = email.strip()
    lowered = address.lower()
    return lowered if lowered.isascii() == address.isascii() else address


def relist(organization_id: str, end_user_id: str) -> tuple[int, int]:
    """How many orders were read, and how many of them were listed again."""
    from chalicelib.orders.shape import customer_entry
    from chalicelib.orders.store import OrderItem
    from chalicelib.table import keys
    from chalicelib.table.pages import Window, fetch_items, list_entries
    from chalicelib.table.reads import get_many
    from chalicelib.table.transaction import ConditionFailed, Transaction, exists

    read = relisted = 0
    below: str | None = None
    while True:
        partition = keys.order_list(organization_id, end_user_id, "", "").pk
        entries = list_entries(partition, Window(PAGE, below=below), index="gsi1")
        items = [OrderItem.of(row) for row in fetch_items(entries.rows)]
        former = {item.id: _former_keys(organization_id, item) for item in items}
        existing = get_many([key for of_order in former.values() for key in of_order])
        for item in items:
            read += 1
            fields = {**item.summary.members(), "bridge_id": item.bridge_id, "ordered_at": item.ordered_at}
            entry = customer_entry(organization_id, end_user_id, item.id, fields)
            stale = [key for key in former[item.id] if key in existing]
            if entry is None or not stale:
                continue
            transaction = Transaction()
            transaction.check(item.key, OrderItem.version == item.version)
            transaction.put(entry)
            for key in stale:
                transaction.delete(key, exists())
            try:
                transaction.commit()
            except ConditionFailed:
                # A sync is changing it: then the next run lists it.
                continue
            relisted += 1
        below = entries.next
        if below is None:
            return read, relisted


def _former_keys(organization_id: str, item: "OrderItem") -> "set[Key]":
    from chalicelib.kit import ids
    from chalicelib.privacy.identity import canonical_email, customer_id
    from chalicelib.security import crypto
    from chalicelib.table import keys

    email = item.summary.members()["customer"].get("email")
    if not email:
        return set()
    customer, spelling = customer_id(organization_id, email), former_spelling(email)
    found = {keys.former_customer_order(organization_id, customer, item.ordered_at, item.id)}
    if spelling != canonical_email(spelling):
        other = ids.credential_id(crypto.keyed_hash("customer", organization_id, spelling))
        found.add(keys.former_customer_order(organization_id, other, item.ordered_at, item.id))
        found.add(keys.customer_order(organization_id, other, item.end_user_id, item.ordered_at, item.id))
    return found


def main() -> None:
    organization_id, end_users = chosen(__doc__, "relist-customers")
    counts = [relist(organization_id, user.id) for user in end_users]
    print(f"{sum(read for read, _ in counts)} orders were read, {sum(listed for _, listed in counts)} listed again")


if __name__ == "__main__":
    main()
