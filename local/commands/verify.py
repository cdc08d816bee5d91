"""Recount the orders, shipments and requests of end users, and print counters that differ.

Without an organization, all of the stage are verified; the end users, bridges, totals and figures by day of each are
counted too. With --repair, counters that two recounts find wrong in the same way are corrected.

With the file of an import, orders by seller and status are compared too: with the lines that were imported from this
machine (after an import with LIMIT, not all), otherwise with all lines or the first LIMIT ones. While records are being
synced, counters may differ without being wrong.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from local.commands import announce, enter, parser, positive
from local.commands.upgrades import end_users_of, organization
from local.errors import LocalError

REPAIR_PAUSE_S = 10.0
"""Between two recounts, so that a counter that is just changing is not taken for a wrong one."""


def organizations(given: str | None, stage: str, *, is_single: bool) -> list[str]:
    if given is not None or is_single:
        return [organization(given, stage, "verify")]
    from chalicelib.operations import listing

    return [one.id for one in listing.list_organizations()]


def correct_counters(organization_id: str, external_id: str | None, pause_seconds: float) -> list[str]:
    """Correct wrong counters, and describe what was corrected."""
    from local.commands.counters import Drift, recount, recount_organization, repair

    def corrected(user: str | None, name: str, count: Callable[[], list[Drift]]) -> list[str]:
        before = count()
        if not before:
            return []
        time.sleep(pause_seconds)
        repaired = repair(organization_id, user, before, count())
        return [f"repaired  {name}: {drift.counter} from {drift.stored} to {drift.counted}" for drift in repaired]

    done = []
    for user in end_users_of(organization_id, external_id):
        done += corrected(user.id, user.external_id, lambda user=user: recount(organization_id, user.id)[1])  # type: ignore[misc]
    if external_id is None:
        done += corrected(None, "the organization", lambda: recount_organization(organization_id))
        done += _correct_sums(organization_id, pause_seconds)
    return done


def _correct_sums(organization_id: str, pause_seconds: float) -> list[str]:
    """Correct what consumers of the stream and of events have added up."""
    from local.commands.figures import compare, describe, repair_figures
    from local.commands.totals import recount_totals, repair_totals

    (figures, lost), totals = compare(organization_id), recount_totals(organization_id)
    if not describe(figures, lost) and not totals.describe():
        return []
    time.sleep(pause_seconds)
    repaired = [*repair_figures(organization_id, figures), *repair_totals(organization_id, totals)]
    return [f"repaired  {what}" for what in repaired]


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


def verify(
    organization_id: str, external_id: str | None, expected: dict[str, Counter[str]], settling_seconds: float = 0
) -> tuple[int, list[str]]:
    """The number of end users recounted, and the differences. Totals follow their end users by seconds, so that they
    are compared again after a while before a difference is one."""
    from chalicelib.totals.service import is_order_counter
    from local.commands.counters import recount, recount_organization
    from local.commands.figures import recount_figures
    from local.commands.totals import recount_totals

    problems: list[str] = []
    if external_id is None:
        problems += [
            f"counter {drift.counter} of the organization is {drift.stored}, counted {drift.counted}"
            for drift in recount_organization(organization_id)
        ]
        problems += recount_figures(organization_id)
        if recount_totals(organization_id).describe():
            time.sleep(settling_seconds)
            problems += recount_totals(organization_id).describe()
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
    arguments.add_argument("--organization", help="organization id (default: all)")
    arguments.add_argument("--end-user", help="external id of one end user (default: all end users)")
    arguments.add_argument("--file", type=Path, help="the imported file, to compare with")
    arguments.add_argument("--limit", type=positive, help="compare with the first lines of the file only")
    arguments.add_argument("--repair", action="store_true", help="correct wrong counters")
    options = arguments.parse_args()
    is_single = bool(options.file or options.end_user)
    try:
        enter(options.stage)
        found = organizations(options.organization, options.stage, is_single=is_single)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.organizations import configs

    if options.organization and not configs.organization_name(options.organization):
        sys.exit("error: ORG: no organization has that id on this stage")
    try:
        sent = lines_sent(options.file, options.stage) if options.file else {}
        expected = counted_in(options.file, options.limit, sent) if options.file else {}
    except (LocalError, OSError, EOFError, UnicodeDecodeError) as error:
        sys.exit(f"error: FILE: {error}")
    repairing = ", and correcting those that are wrong twice" if options.repair else ""
    announce(f"Recounting {len(found)} organizations{repairing} …")
    number, problems = 0, []
    for organization_id in found:
        if options.repair:
            for line in correct_counters(organization_id, options.end_user, REPAIR_PAUSE_S):
                print(line)
        recounted, differing = verify(organization_id, options.end_user, expected, REPAIR_PAUSE_S)
        number += recounted
        problems += differing if len(found) == 1 else [f"{organization_id}: {problem}" for problem in differing]
    if options.end_user and not number:
        sys.exit(f"error: END_USER: no end user of the organization has the external id {options.end_user}")
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"error: {len(problems)} differences in {number} end users")
    print(f"{number} end users: all counters are correct")


if __name__ == "__main__":
    main()
