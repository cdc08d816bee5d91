"""Measures requests: calls in sequence, read units as DynamoDB Local counts them, and write units by AWS's rules.

DynamoDB Local counts reads and single writes as AWS does, but reports one item for a transaction, however many it has.
So writes are counted here: the larger of an item's old and new size in started kilobytes, doubled in a transaction;
and for each index one unit if an entry is added, changed or removed, two if it moves.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

LATENCY_S = 0.04
"""Delay added to each measured call, so that concurrent calls overlap."""
INDEXES = {"gsi1": ("g1pk", "g1sk"), "gsi2": ("g2pk", "g2sk"), "due": ("duepk", "duesk")}
READS = ("GetItem", "BatchGetItem", "Query")

Item = dict[str, Any]


@dataclass
class Measured:
    calls: list[tuple[float, float]] = field(default_factory=list)
    read: float = 0.0
    written: float = 0.0
    seconds: float = 0.0

    @property
    def trips(self) -> int:
        """The length of the longest chain of calls in which each began after the previous one ended."""
        chains: list[tuple[float, int]] = []
        for began, ended in sorted(self.calls):
            before = max((length for end, length in chains if end <= began), default=0)
            chains.append((ended, before + 1))
        return max((length for _, length in chains), default=0)


@contextmanager
def measuring(table: str, latency: float = LATENCY_S) -> Iterator[Measured]:
    """Measure all calls to the table within the block. Without `latency`, trips are unreliable."""
    from botocore.client import BaseClient

    found, lock, whole = Measured(), threading.Lock(), BaseClient._make_api_call

    def make_api_call(client: Any, name: str, parameters: Item) -> Any:
        if client.meta.service_model.service_name != "dynamodb":
            return whole(client, name, parameters)

        def images(keys: list[Item]) -> list[Item]:
            """The current items. A transaction has at most a hundred, which fit one batch read."""
            if not keys:
                return []
            wanted = {table: {"Keys": keys, "ConsistentRead": True}}
            answer = whole(client, "BatchGetItem", {"RequestItems": wanted})
            assert not answer.get("UnprocessedKeys")
            rows = {(row["pk"]["S"], row["sk"]["S"]): row for row in answer["Responses"].get(table, [])}
            return [rows.get((key["pk"]["S"], key["sk"]["S"]), {}) for key in keys]

        began = time.perf_counter()
        time.sleep(latency)
        changed = written_keys(name, parameters)
        before = images(changed)
        answer = whole(client, name, {**parameters, "ReturnConsumedCapacity": "TOTAL"})
        after = images(changed)
        with lock:
            found.calls.append((began, time.perf_counter()))
            if name in READS:
                found.read += read_units(answer)
            else:
                factor = 2 if name == "TransactWriteItems" else 1
                found.written += sum(write_units(old, new, factor) for old, new in zip(before, after, strict=True))
        return answer

    started = time.perf_counter()
    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield found
    found.seconds = time.perf_counter() - started


def read_units(answer: Item) -> float:
    consumed = answer.get("ConsumedCapacity", [])
    parts = consumed if isinstance(consumed, list) else [consumed]
    return float(sum(part["CapacityUnits"] for part in parts))


def written_keys(name: str, parameters: Item) -> list[Item]:
    """The keys of the items that the call writes, or checks in a transaction."""
    match name:
        case "TransactWriteItems":
            writes = [write for one in parameters["TransactItems"] for write in one.values()]
            return [write["Key"] if "Key" in write else _key(write["Item"]) for write in writes]
        case "BatchWriteItem":
            requests = [one for many in parameters["RequestItems"].values() for one in many]
            return [
                one["DeleteRequest"]["Key"] if "DeleteRequest" in one else _key(one["PutRequest"]["Item"])
                for one in requests
            ]
        case "PutItem":
            return [_key(parameters["Item"])]
        case "UpdateItem" | "DeleteItem":
            return [parameters["Key"]]
    return []


def _key(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}


def write_units(old: Item, new: Item, factor: int) -> float:
    units = factor * math.ceil(max(_size(old), _size(new), 1) / 1024)
    return units + sum(_index_cost(old, new, *names) for names in INDEXES.values())


def _index_cost(old: Item, new: Item, hash_key: str, range_key: str) -> int:
    names = ("pk", "sk", hash_key, range_key, "hint")
    before = [old.get(name) for name in names] if hash_key in old else None
    after = [new.get(name) for name in names] if hash_key in new else None
    if before == after:
        return 0
    moved = before is not None and after is not None and before[:-1] != after[:-1]
    return 2 if moved else 1


def _size(item: Item) -> int:
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Item) -> int:
    ((value_type, content),) = value.items()
    if value_type == "S":
        return len(content.encode())
    if value_type == "SS":
        return sum(len(text.encode()) for text in content)
    return 2 + len(str(content)) // 2
