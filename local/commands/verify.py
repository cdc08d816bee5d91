"""Recount the orders, shipments and requests of an organization's end users, and print counters that differ.

With the file of an import, orders by seller and status are compared too: with the lines that were imported from this
machine (after an import with LIMIT, not all), otherwise with all lines or the first LIMIT ones. While records are being
synced, counters may differ without being wrong.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from local.commands import enter, parser, positive
from local.errors import LocalError
from local.places import Place

if TYPE_CHECKING:
    from chalicelib.end_users.schemas import EndUserRead

PAGE = 100


def organization(given: str | None, stage: str) -> str:
    demo = Place().demo
    if given is None and stage == "local" and demo.exists():
        given = json.loads(demo.read_text())["organization_id"]
    if given is None:
        raise LocalError("ORGANIZATION is missing: make verify ORGANIZATION=…")
    return given


def end_users_of(organization_id: str, external_id: str | None) -> "Iterator[EndUserRead]":
    from chalicelib.end_users import service
    from chalicelib.table.pages import Window

    below = None
    while True:
        found, _, below = service.list_all(organization_id, external_id, Window(PAGE, below=below))
        yield from found
        if below is None:
            return


def counted_in(file: Path, limit: int | None, sent: dict[str, int]) -> dict[str, Counter[str]]:
    """The number of orders in the file, by seller and counter. `sent` is how many of a seller's lines were imported;
    without any, all lines count."""
    from chalicelib.totals.service import order_counter
    from local.commands.import_orders import by_seller

    counted = {}
    for seller, records in by_seller(file, limit).items():
        imported = records[: sent.get(seller, 0)] if sent and limit is None else records
        # The last record of an order counts, as in the Sync API.
        statuses = {str(each["order"]["external_id"]): each["order"].get("status") or "pending" for each in imported}
        if statuses:
            counted[seller] = Counter(map(order_counter, statuses.values()))
    return counted


def lines_sent(file: Path, stage: str) -> dict[str, int]:
    """How many lines of each seller were imported from this machine; empty if that is unknown."""
    from local.commands import import_orders

    try:
        return import_orders.Progress.load(*import_orders.enter(stage), file).sent_by_seller
    except LocalError:
        return {}


def verify(organization_id: str, external_id: str | None, expected: dict[str, Counter[str]]) -> tuple[int, list[str]]:
    """The number of end users recounted, and the differences."""
    from chalicelib.totals.service import is_order_counter
    from local.commands.counters import recount

    problems: list[str] = []
    seen: set[str] = set()
    recounted = 0
    for user in end_users_of(organization_id, external_id):
        recounted += 1
        counted, drifts = recount(organization_id, user.id)
        for drift in drifts:
            owner = f"bridge {drift.bridge_id}" if drift.bridge_id else "the end user"
            problems.append(
                f"{user.external_id}: counter {drift.counter} of {owner} is {drift.stored}, counted {drift.counted}"
            )
        in_file = expected.get(user.external_id)
        if in_file is not None:
            seen.add(user.external_id)
            orders = {name: number for name, number in counted.items() if is_order_counter(name)}
            if orders != dict(in_file):
                problems.append(f"{user.external_id}: counted {orders}, the file has {dict(in_file)}")
    if external_id is None:
        problems += [f"{seller}: is in the file, but no such end user exists" for seller in expected.keys() - seen]
    return recounted, problems


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--organization", help="organization id (default: the demo organization)")
    arguments.add_argument("--end-user", help="external id of one end user (default: all end users)")
    arguments.add_argument("--file", type=Path, help="the imported file, to compare with")
    arguments.add_argument("--limit", type=positive, help="compare with the first lines of the file only")
    options = arguments.parse_args()
    try:
        enter(options.stage)
        organization_id = organization(options.organization, options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.organizations import configs

    if not configs.organization_name(organization_id):
        sys.exit("error: ORGANIZATION: no organization has that id on this stage")
    try:
        sent = lines_sent(options.file, options.stage) if options.file else {}
        expected = counted_in(options.file, options.limit, sent) if options.file else {}
    except (LocalError, OSError, EOFError, UnicodeDecodeError) as error:
        sys.exit(f"error: FILE: {error}")
    number, problems = verify(organization_id, options.end_user, expected)
    if options.end_user and not number:
        sys.exit(f"error: END_USER: no end user of the organization has the external id {options.end_user}")
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"error: {len(problems)} differences in {number} end users")
    print(f"{number} end users: all counters are correct")


if __name__ == "__main__":
    main()
