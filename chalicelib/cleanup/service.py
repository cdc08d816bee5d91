"""The work in the background that follows the end of a bridge or an end user.

A message is small and may come twice. What it begins goes on in messages of its own, one part each, until nothing is
left.
"""

from dataclasses import asdict
from typing import Any

from chalicelib.cleanup import bridges, hooks
from chalicelib.cleanup.messages import BRIDGE, CUSTOMER, END_USER, message
from chalicelib.erasure import service as erasure
from chalicelib.kit import log
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.totals import service as totals


def handle(body: dict[str, Any]) -> None:
    """Do one part, and send on what is left."""
    organization_id, subject_id = body["organization_id"], body["subject_id"]
    with log.bound(organization_id=organization_id, task=body["task"], subject_id=subject_id):
        following = _WORK[body["task"]](organization_id, subject_id, body["state"])
        if following is not None:
            send(settings().cleanup_queue_url, [following])
        log.info("cleanup_part_done", more=following is not None)


def _settle_bridge(organization_id: str, bridge_id: str, state: dict[str, Any]) -> Message | None:
    following = bridges.settle(organization_id, bridge_id, bridges.State(**state))
    if following is None:
        return None
    return message(BRIDGE, organization_id, bridge_id, asdict(following), following.wait_seconds)


def _forget_end_user(organization_id: str, end_user_id: str, _: dict[str, Any]) -> Message | None:
    if hooks.run(hooks.OF_END_USER, organization_id, end_user_id):
        return message(END_USER, organization_id, end_user_id)
    totals.forget_end_user(organization_id, end_user_id)
    return None


def _erase_customer(organization_id: str, customer: str, state: dict[str, Any]) -> Message | None:
    following = erasure.go_on(organization_id, customer, erasure.State(**state))
    if following is None:
        return None
    return message(CUSTOMER, organization_id, customer, asdict(following), following.wait_seconds)


_WORK = {BRIDGE: _settle_bridge, END_USER: _forget_end_user, CUSTOMER: _erase_customer}
