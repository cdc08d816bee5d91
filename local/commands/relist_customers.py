"""List orders under their customers again. Needed once, after the upgrade to a version that compares e-mail addresses
in every spelling: orders stored before then are listed under the customer of their former spelling.

Most orders are listed correctly, and are only read. The command may be repeated, also while records are being synced.
"""

import sys

from local.commands import enter, parser
from local.commands.verify import end_users_of, organization
from local.errors import LocalError

PAGE = 100


def former_spelling(email: str) -> str:
    """What addresses were compared by."""
    address = email.strip()
    lowered = address.lower()
    return lowered if lowered.isascii() == address.isascii() else address


def relist(organization_id: str, end_user_id: str) -> tuple[int, int]:
    """How many orders were read, and how many of them were listed again."""
    from chalicelib.kit import ids
    from chalicelib.orders.shape import customer_entry
    from chalicelib.orders.store import OrderItem
    from chalicelib.privacy.identity import canonical_email
    from chalicelib.security import crypto
    from chalicelib.table import keys
    from chalicelib.table.pages import Window, fetch_items, list_entries
    from chalicelib.table.transaction import ConditionFailed, Transaction, exists

    read = relisted = 0
    below: str | None = None
    while True:
        partition = keys.order_list(organization_id, end_user_id, "", "").pk
        entries = list_entries(partition, Window(PAGE, below=below), index="gsi1")
        for item in map(OrderItem.of, fetch_items(entries.rows)):
            read += 1
            fields = {**item.summary.members(), "bridge_id": item.bridge_id, "ordered_at": item.ordered_at}
            former = former_spelling(fields["customer"].get("email") or "")
            entry = customer_entry(organization_id, end_user_id, item.id, fields)
            if entry is None or former == canonical_email(former):
                continue
            customer = ids.credential_id(crypto.keyed_hash("customer", organization_id, former))
            transaction = Transaction()
            transaction.check(item.key, OrderItem.version == item.version)
            transaction.put(entry)
            transaction.delete(keys.customer_order(organization_id, customer, item.ordered_at, item.id), exists())
            try:
                transaction.commit()
            except ConditionFailed:
                # It is listed already, or a sync is changing it: then the next run lists it.
                continue
            relisted += 1
        below = entries.next
        if below is None:
            return read, relisted


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", help="organization id (default: the demo organization)")
    options = arguments.parse_args()
    try:
        enter(options.stage)
        organization_id = organization(options.organization, options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.organizations import configs

    if not configs.organization_name(organization_id):
        sys.exit("error: ORGANIZATION: no organization has that id on this stage")
    counts = [relist(organization_id, user.id) for user in end_users_of(organization_id, None)]
    print(f"{sum(read for read, _ in counts)} orders were read, {sum(listed for _, listed in counts)} listed again")


if __name__ == "__main__":
    main()
