"""Writes that need no condition and may be repeated: index entries of our own (search), and removals."""

from collections.abc import Sequence
from typing import Any

from pynamodb.connection.base import BOTOCORE_EXCEPTIONS

from chalicelib.kit.errors import Unavailable
from chalicelib.table.connection import table
from chalicelib.table.failures import is_transient
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import Part, back_off, map_concurrently, query

BATCH_SIZE = 25
ATTEMPTS = 8


def write_many(puts: Sequence[Item] = (), deletes: Sequence[Key] = ()) -> None:
    """All of it, in any order, not atomically. Keys must be distinct. `Unavailable` if DynamoDB keeps refusing."""
    name = table().table_name
    requests: list[dict[str, Any]] = [{"PutRequest": {"Item": item.serialize()}} for item in puts]
    requests += [{"DeleteRequest": {"Key": {"pk": {"S": key.pk}, "sk": {"S": key.sk}}}} for key in deletes]

    def write(batch: list[dict[str, Any]]) -> None:
        for attempt in range(ATTEMPTS):
            # Through dispatch, since pynamodb's own batch write takes either puts or deletes by attribute.
            try:
                answer = table().connection.dispatch("BatchWriteItem", {"RequestItems": {name: batch}})
            except BOTOCORE_EXCEPTIONS as error:
                # Without an answer it may have been written or not, and may be written again.
                if not is_transient(error):
                    raise
            else:
                batch = answer.get("UnprocessedItems", {}).get(name, [])
                if not batch:
                    return
            back_off(attempt)
        raise Unavailable

    map_concurrently(write, [requests[i : i + BATCH_SIZE] for i in range(0, len(requests), BATCH_SIZE)])


def remove_part(pk: str, part: Part, most: int = 500) -> bool:
    """Remove some of a part of a partition; whether there may be more."""
    page = query(pk, part, limit=most, consistent=True)
    write_many(deletes=[Key(row["pk"]["S"], row["sk"]["S"]) for row in page.rows])
    return page.last is not None
