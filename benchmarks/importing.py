"""The cost of an import: real orders, with an end user and a bridge per seller, through the API.

Measures write and read units on DynamoDB Local, AWS's own engine, and compares the totals by seller and status with the
file, which has the format of `make import`.

    python -m benchmarks.importing --file … [--limit …]
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import Measured, measuring
from local.commands.import_orders import BATCH, by_seller

TICK = 200
Record = dict[str, Any]


class Import:
    def __init__(self) -> None:
        from chalicelib.kit import aws
        from tests.support.factories import Acme

        aws.client = lambda _: seed.Key()  # type: ignore[assignment]
        self.acme = Acme.create()
        self.steps: dict[str, Measured] = {}
        self.counted: Counter[str] = Counter()

    def step(self, name: str, call: Callable[[], Any]) -> Any:
        with measuring(seed.TABLE, latency=0) as found, redirect_stdout(StringIO()):
            answer = call()
        whole = self.steps.setdefault(name, Measured())
        whole.read += found.read
        whole.written += found.written
        return answer

    def seller(self, external_id: str, records: list[Record]) -> None:
        session = self.step("create a session", lambda: self.acme.session(external_id))
        bridge = self.step("create a bridge", session.bridge)
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            body = {
                "orders": [record["order"] for record in batch],
                "shipments": [record["shipment"] for record in batch if record["shipment"]],
                "completed": start + BATCH >= len(records),
            }
            path = f"/api/v1/bridges/{bridge['id']}/sync"
            reply = self.step("sync", lambda: self.acme.server.post(path, body))  # noqa: B023 - called at once
            assert reply.status == 200, reply.text
            assert reply.data["errors"] == [], reply.text
            self.counted.update(
                {record_type: reply.data[record_type]["created"] for record_type in ("orders", "shipments")}
            )


def run(file: Path, limit: int | None) -> None:
    from chalicelib.totals.organization import add_up
    from local.commands.totals import recount_totals
    from local.commands.verify import counted_in, verify

    sellers, began = by_seller(file, limit), time.monotonic()
    made = Import()
    for number, (seller, records) in enumerate(sellers.items(), 1):
        made.seller(seller, records)
        if number % TICK == 0:
            print(f"  {number} of {len(sellers)}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(f"{len(sellers)} end users, {made.counted['orders']} orders, {made.counted['shipments']} shipments\n")
    print("| step | read units | write units |\n| --- | --- | --- |")
    for name, units in made.steps.items():
        print(f"| {name} | {units.read:,.0f} | {units.written:,.0f} |")
    # Nothing reads the stream here.
    org = made.acme.organization_id
    add_up(org, recount_totals(org).end_users)
    number, problems = verify(org, None, counted_in(file, limit, {}))
    print(f"\n{number} end users recounted, {len(problems)} differences", *problems[:20], sep="\n")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--file", type=Path, required=True)
    arguments.add_argument("--limit", type=int, help="import only the first lines")
    options = arguments.parse_args()
    try:
        with dynamodb_local.running() as endpoint:
            os.environ.update(seed.environment(endpoint))
            dynamodb_local.create_table(endpoint, seed.TABLE)
            run(options.file, options.limit)
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")


if __name__ == "__main__":
    main()
