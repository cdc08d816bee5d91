"""The shop's records in an SQLite file, so that they survive restarts."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SCHEMA = """
create table if not exists records (
    id integer primary key autoincrement,
    kind text not null,
    parent integer,
    status text,
    created text,
    modified text,
    body text not null
);
create index if not exists by_kind on records (kind, status);
create index if not exists by_parent on records (kind, parent);
"""


def now() -> str:
    """WooCommerce's times: UTC, in whole seconds, without a zone."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Store:
    """Records of any kind, numbered together as WordPress numbers its posts. `file` may be `:memory:`."""

    def __init__(self, file: Path | str) -> None:
        self.lock = threading.RLock()
        self.database = sqlite3.connect(str(file), check_same_thread=False, isolation_level=None)
        self.database.executescript("pragma journal_mode=wal; pragma synchronous=normal;" + SCHEMA)

    def add(self, kind: str, body: Json, *, parent: int | None = None) -> Json:
        """Store the record and give it its `id`."""
        with self.lock:
            row = (kind, parent, body.get("status"), body.get("date_created_gmt"), body.get("date_modified_gmt"), "{}")
            inserted = self.database.execute(
                "insert into records (kind, parent, status, created, modified, body) values (?, ?, ?, ?, ?, ?)", row
            )
            body["id"] = inserted.lastrowid
            self.save(body)
            return body

    def save(self, body: Json) -> None:
        with self.lock:
            values = (body.get("status"), body.get("date_created_gmt"), body.get("date_modified_gmt"))
            self.database.execute(
                "update records set status = ?, created = ?, modified = ?, body = ? where id = ?",
                (*values, json.dumps(body), body["id"]),
            )

    def add_many(self, kind: str, bodies: list[Json]) -> None:
        with self.lock:
            self.database.execute("begin")
            for body in bodies:
                self.add(kind, body)
            self.database.execute("commit")

    def find(self, kind: str, record_id: int) -> Json | None:
        found = self.rows("select body from records where kind = ? and id = ?", kind, record_id)
        return json.loads(found[0][0]) if found else None

    def all(self, kind: str, *, parent: int | None = None) -> Iterator[Json]:
        """Oldest first."""
        query = "select body from records where kind = ? and (? is null or parent = ?) order by id"
        return (json.loads(body) for (body,) in self.rows(query, kind, parent, parent))

    def delete(self, record_id: int) -> None:
        with self.lock:
            self.database.execute("delete from records where id = ? or parent = ?", (record_id, record_id))

    def rows(self, query: str, *values: Any) -> list[Any]:
        with self.lock:
            return self.database.execute(query, values).fetchall()

    def log(self, action: str, order_id: int | None = None, **details: Any) -> None:
        """What was done to the shop. Tests count here."""
        self.add("log", {"at": now(), "action": action, "order_id": order_id, **details})
