"""Asks the provider to follow shipments, each once. Runs in a function of its own, which speaks outward and can change
nothing but what this room keeps of a number, and write to the log."""

from functools import cache
from typing import Any, Final

from chalicelib.kit import clock, codec, log
from chalicelib.organizations import tracking_provider
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON, is_suspended
from chalicelib.outbound.caller import USER_AGENT, Caller
from chalicelib.outbound.failures import SendFailed
from chalicelib.search.terms import tracking_term
from chalicelib.shipments.schemas import ENDED
from chalicelib.shipments.store import ShipmentItem
from chalicelib.table import keys
from chalicelib.table.reads import get_many
from chalicelib.tracking_feeds import refusals, reports, store
from chalicelib.tracking_feeds.store import TrackedItem
from chalicelib.tracking_providers import registry
from chalicelib.tracking_providers.provider import NotTracked, Provider, Refused, Report, Unavailable

CALL_S: Final = 20.0
MAX_BYTES: Final = 1024 * 1024
RETRY_S: Final = (60, 300, 1800, 7200, 21_600)
"""Waits after each attempt that failed for now; the last one is repeated until a day's worth of attempts is over."""
MAX_ATTEMPTS: Final = 10
MAX_REASON: Final = 200


@cache
def _caller() -> Caller:
    return Caller.of_stage(seconds=CALL_S, max_bytes=MAX_BYTES)


def handle(body: dict[str, Any]) -> None:
    """A message about a shipment whose number may have to be registered."""
    organization_id, end_user_id, shipment_id = body["organization_id"], body["end_user_id"], body["shipment_id"]
    with log.bound(organization_id=organization_id, end_user_id=end_user_id, shipment_id=shipment_id):
        _register(organization_id, end_user_id, shipment_id)


def _register(organization_id: str, end_user_id: str, shipment_id: str) -> None:
    config_key, shipment_key = keys.config(organization_id), keys.shipment(organization_id, end_user_id, shipment_id)
    rows = get_many([config_key, shipment_key])
    config = ConfigItem.of(rows[config_key]) if config_key in rows else None
    if config is None or shipment_key not in rows or config.tracking_provider is None:
        log.info("shipment_not_registered", reason="removed")
        return
    item = ShipmentItem.of(rows[shipment_key])
    fields = item.summary.members()
    number, carrier = fields["tracking_number"], fields["carrier"]
    if is_suspended(config):
        log.info("shipment_not_registered", reason=REASON)
        return
    provider = registry.find(config.tracking_provider["name"])
    if provider is None or not (number and carrier and tracking_term(number)) or item.status in ENDED:
        log.info("shipment_not_registered", reason="nothing_to_follow")
        return
    tracked = store.claim(organization_id, tracking_term(number), end_user_id, shipment_id)
    if tracked is None:
        log.info("shipment_not_registered", reason="registered_or_postponed")
        return
    _ask(config, provider, tracked, number, carrier)


def _ask(config: ConfigItem, provider: Provider, tracked: TrackedItem, number: str, carrier: str) -> None:
    organization_id, term = config.organization_id, tracking_term(number)
    try:
        report = _call(config, provider, number, carrier)
    except (Unavailable, Refused) as fault:
        # Somebody may put a refused key right within a day.
        log.warning("tracking_provider_failed", reason=type(fault).__name__)
        _try_later(tracked)
        if isinstance(fault, Refused):
            refusals.tell(config, config.tracking_provider["name"])
        return
    except NotTracked as error:
        log.info("shipment_not_tracked", reason=str(error)[:MAX_REASON])
        store.settle(tracked, str(error)[:MAX_REASON] or "not tracked")
        return
    # The report is kept before the registration is: a death in between registers again, which does no harm.
    now = reports.report_due(clock.timestamp(), term)
    if report is not None:
        reports.keep(organization_id, report, now)
    store.settle(tracked, store.REGISTERED)
    store.wake_report(organization_id, term, now)
    log.info("shipment_registered")


def _call(config: ConfigItem, provider: Provider, number: str, carrier: str) -> Report | None:
    chosen = tracking_provider.read(config)
    assert chosen is not None
    call = provider.register(chosen.api_key, number, carrier)
    headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": USER_AGENT}
    try:
        body = codec.dumps(call.json).encode()
        answer = _caller().call(call.method, call.url, body, {**headers, **call.headers}, CALL_S)
    except SendFailed as failed:
        log.info("tracking_provider_unreachable", error_class=failed.error_class)
        raise Unavailable from failed
    return provider.read_answer(answer.status, answer.body)


def _try_later(tracked: TrackedItem) -> None:
    if tracked.attempts >= MAX_ATTEMPTS:
        log.warning("shipment_not_registered", reason="provider_unavailable")
        store.settle(tracked, "unavailable")
        return
    wait = RETRY_S[min(tracked.attempts, len(RETRY_S)) - 1]
    due = reports.tracker_due(clock.in_seconds(wait), tracked.shipment_id)
    store.postpone(tracked, due, clock.in_seconds(wait - 1))
