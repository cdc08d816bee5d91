"""Scheduled: tells that shipments stand still or are late. Two workers at once tell it once: the write that marks it as
told is conditional on the version that was read."""

from collections.abc import Iterator

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, codec, log
from chalicelib.organizations import end_users
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import SYSTEM
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.organizations.suspension import REASON, is_suspended
from chalicelib.shipments import signals
from chalicelib.shipments.shape import Fields, fields_of, list_text_of
from chalicelib.shipments.store import TOLD, ShipmentDetailItem, ShipmentItem
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, due_key, run_due
from chalicelib.table.items import assign
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import ConditionFailed, Transaction

MAX_PER_RUN = 50_000
MAX_SECONDS = 40.0
SUSPENDED_S = 3600


def run() -> Run:
    return run_due(signals.DUE, _handle, limit=MAX_PER_RUN, seconds=MAX_SECONDS)


def _handle(due: DueItem) -> None:
    try:
        _tell(due)
    except ConditionFailed:
        # A scan came first, or another worker did: what is stored now says what is due.
        log.info("signal_withdrawn")


def _tell(due: DueItem) -> None:
    organization_id, end_user_id = keys.owner_of_shipment(due.key)
    detail_key, config_key = keys.shipment_detail_of(due.key), keys.config(organization_id)
    user_key = keys.end_user(organization_id, end_user_id)
    rows = get_many([due.key, detail_key, config_key, user_key])
    if due.key not in rows or detail_key not in rows:
        return
    item, detail = ShipmentItem.of(rows[due.key]), ShipmentDetailItem.of(rows[detail_key])
    if item.duesk != due.due.sk:
        return
    config = ConfigItem.of(rows[config_key]) if config_key in rows else None
    end_user = EndUserItem.of(rows[user_key]) if user_key in rows else None
    transaction = Transaction()
    if config is None or end_user is None or item.bridge_id in end_users.hidden_bridges(end_user):
        log.info("signal_not_told", reason="removed")
        item.schedule(None)
    elif is_suspended(config):
        log.info("signal_not_told", reason=REASON, organization_id=organization_id)
        item.schedule(due_key(signals.DUE, clock.in_seconds(SUSPENDED_S), item.id))
    else:
        hours = known_settings(config).stalled_after_hours
        for event_type, data in _due_events(item, fields_of(item, detail), hours):
            resource = ("shipment", item.id)
            events.record(
                transaction, organization_id, end_user_id, event_type, by=SYSTEM, resource=resource, data=data
            )
    names = ("stalled_since", "late", "told", "duepk", "duesk")
    values = {name: getattr(item, name) for name in names}
    seen = item.version
    transaction.update(item.key, assign(item, {**values, "version": seen + 1}), ShipmentItem.version == seen)
    transaction.commit()


def _due_events(item: ShipmentItem, fields: Fields, hours: int) -> Iterator[tuple[EventType, str]]:
    """What is to be told now. Marks it on the item, with the time of what comes next. The setting may have changed
    since the time was computed."""
    now, text = clock.timestamp(), str(list_text_of(item))
    found = signals.signals_of(item, fields, hours)
    if found.stalled is not None and found.stalled <= now:
        item.stalled_since = signals.last_scan(fields)
        signals.keep(item, "shipment.stalled", now, last_checkpoint_at=item.stalled_since)
        yield "shipment.stalled", f'{text[:-1]},"last_checkpoint_at":{codec.dumps(item.stalled_since)}}}'
    if found.late is not None and found.late <= now:
        item.late = TOLD
        signals.keep(item, "shipment.late", now)
        yield "shipment.late", text
    signals.schedule(item, signals.signals_of(item, fields, hours))
