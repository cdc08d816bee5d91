"""Batch writes, for idempotent writes without conditions: search entries and removals."""

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
MAX_ATTEMPTS = 8


def write_many(puts: Sequence[Item] = (), deletes: Sequence[Key] = ()) -> None:
    """Write everything, in any order and not atomically. Keys must be distinct. Raises Unavailable if DynamoDB keeps
    refusing."""
    name = table().table_name
    requests: list[dict[str, Any]] = [{"PutRequest": {"Item": item.serialize()}} for item in puts]
    requests += [{"DeleteRequest": {"Key": {"pk": {"S": key.pk}, "sk": {"S": key.sk}}}} for key in deletes]

    def write(batch: list[dict[str, Any]]) -> None:
        for attempt in range(MAX_ATTEMPTS):
            # pynamodb's own batch write has no way to mix puts of serialised items with deletes.
            try:
                response = table().connection.dispatch("BatchWriteItem", {"RequestItems": {name: batch}})
            except BOTOCORE_EXCEPTIONS as error:
                # After a lost response the batch may have been written; writing it again is harmless.
                if not is_transient(error):
                    raise
            else:
                batch = response.get("UnprocessedItems", {}).get(name, [])
                if not batch:
                    return
            back_off(attempt)
        raise Unavailable

    map_concurrently(write, [requests[i : i + BATCH_SIZE] for i in range(0, len(requests), BATCH_SIZE)])


def delete_part(pk: str, part: Part, limit: int = 500) -> bool:
    """Delete up to `limit` items of a part of a partition. Returns whether there may be more."""
    page = query(pk, part, limit=limit, consistent=True)
    write_many(deletes=[Key(row["pk"]["S"], row["sk"]["S"]) for row in page.rows])
    return page.last is not None
