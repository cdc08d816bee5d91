"""The worker of the cleanup queue. A message does one bounded part, may arrive twice, and sends the next part."""

from dataclasses import asdict, replace
from typing import Any

from chalicelib.cleanup import bridges, hooks
from chalicelib.cleanup.messages import BRIDGE, CUSTOMER, END_USER, new_message
from chalicelib.erasure import service as erasure
from chalicelib.insights import service as insights
from chalicelib.kit import log
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.totals import service as totals


def handle(body: dict[str, Any]) -> None:
    organization_id, subject_id = body["organization_id"], body["subject_id"]
    event_id = body.get("event_id")
    with log.bound(organization_id=organization_id, task=body["task"], subject_id=subject_id, event_id=event_id):
        following = _RUNNERS[body["task"]](organization_id, subject_id, body["state"])
        if following is not None:
            send(settings().cleanup_queue_url, [replace(following, body={**following.body, "event_id": event_id})])
        log.info("cleanup_part_done", more=following is not None)


def _clean_up_bridge(organization_id: str, bridge_id: str, state: dict[str, Any]) -> Message | None:
    following = bridges.run_step(organization_id, bridge_id, bridges.State(**state))
    if following is None:
        return None
    return new_message(BRIDGE, organization_id, bridge_id, asdict(following), following.wait_seconds)


def _clean_up_end_user(organization_id: str, end_user_id: str, _: dict[str, Any]) -> Message | None:
    if hooks.run_hooks(hooks.AFTER_END_USER_DELETION, organization_id, end_user_id):
        return new_message(END_USER, organization_id, end_user_id)
    totals.delete_end_user(organization_id, end_user_id)
    insights.delete_end_user(organization_id, end_user_id)
    return None


def _erase_customer(organization_id: str, customer: str, state: dict[str, Any]) -> Message | None:
    following = erasure.run_step(organization_id, customer, erasure.State(**state))
    if following is None:
        return None
    return new_message(CUSTOMER, organization_id, customer, asdict(following), following.wait_seconds)


_RUNNERS = {BRIDGE: _clean_up_bridge, END_USER: _clean_up_end_user, CUSTOMER: _erase_customer}
