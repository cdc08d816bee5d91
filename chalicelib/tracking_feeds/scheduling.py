"""Scheduled every minute: tells what is due of shipments, takes in kept reports, and repeats failed registrations."""

from chalicelib.kit import clock
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.shipments import signalling
from chalicelib.table import keys
from chalicelib.table.due import DueItem, run_due
from chalicelib.table.transaction import update
from chalicelib.tracking_feeds import taking
from chalicelib.tracking_feeds.messages import new_message
from chalicelib.tracking_feeds.reports import REPORT_DUE, TRACKER_DUE
from chalicelib.tracking_feeds.store import TrackedItem

MAX_PER_RUN = 10_000
SECONDS = 15.0
CLAIM_S = 600
"""If the message is lost, the registration is due again after this time."""


def run() -> None:
    signalling.run()
    run_due(REPORT_DUE, taking.take_kept, limit=MAX_PER_RUN, seconds=SECONDS)
    run_due(TRACKER_DUE, _ask_again, limit=MAX_PER_RUN, seconds=SECONDS)


def _ask_again(due: DueItem) -> None:
    later = keys.due_at(due.due, clock.in_seconds(CLAIM_S)).sk
    row = update(due.key, [TrackedItem.duesk.set(later)], TrackedItem.duesk == due.due.sk)
    if row is None:
        return
    item = TrackedItem.of(row)
    organization_id, _ = keys.organization_and_number(due.key)
    send(settings().tracking_queue_url, [new_message(organization_id, item.end_user_id, item.shipment_id)])
