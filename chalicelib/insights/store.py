from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import IntegerAttribute, Item, Row
from chalicelib.table.reads import Between, each_page, query_all

NAMES = ("orders", "shipped", "delivered", "on_time", "late", "exceptions")
MAX_DAYS = 366


class DayItem(Item):
    """The figures of one UTC day, of one end user or of the whole organization. Each has an attribute of its own."""

    orders = IntegerAttribute(default=0)
    shipped = IntegerAttribute(default=0)
    delivered = IntegerAttribute(default=0)
    on_time = IntegerAttribute(default=0)
    late = IntegerAttribute(default=0)
    exceptions = IntegerAttribute(default=0)


def counter(name: str) -> Path:
    return Path([name])


def list_days(organization_id: str, end_user_id: str | None, first: str, last: str) -> dict[str, Row]:
    """The days between the two, both included, that have figures: one query, a moment behind as counting is."""
    days = keys.figures(organization_id, end_user_id, "").pk
    rows = query_all(days, Between(low=first, high=last), limit=MAX_DAYS, consistent=False)
    return {row["sk"]["S"]: row for row in rows}


def delete_days(organization_id: str, end_user_id: str) -> None:
    for page in each_page(keys.figures(organization_id, end_user_id, "").pk):
        write_many(deletes=[keys.Key(row["pk"]["S"], row["sk"]["S"]) for row in page.rows])
