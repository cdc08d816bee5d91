"""Asking a bridge's service whether the stored config works."""

import json
from typing import Any

import requests

from chalicelib import clock, codec, log
from chalicelib.api_keys.service import signing_secret
from chalicelib.bridges import service
from chalicelib.bridges.catalog import catalog
from chalicelib.bridges.schemas import BridgeTestResult
from chalicelib.bridges.store import BridgeItem
from chalicelib.principals import Actor, EmbedSession
from chalicelib.signatures import bridge_service_headers
from chalicelib.table.transaction import ConditionFailed, Transaction

TIMEOUT_S = 10
MAX_MESSAGE = 500
MAX_ANSWER_BYTES = 8192
SETTLED = ("paused", "pending_oauth")
"""Statuses that a test leaves alone."""


def test(session: EmbedSession, bridge_id: str, by: Actor) -> BridgeTestResult:
    item = service.need(session.organization_id, session.end_user_id, bridge_id)
    service.require_allowed(session, item.type)
    result = _ask(item)
    _keep(session, item, result, by)
    return result


def _ask(item: BridgeItem) -> BridgeTestResult:
    secret = signing_secret(item.type)
    if secret is None:
        return BridgeTestResult(success=False, message=f"No service is set up for bridges of the type {item.type}.")
    body = codec.dumps(
        {
            "bridgeId": item.id,
            "organizationId": item.organization_id,
            "config": service.decrypt_config(item),
        }
    ).encode()
    url = f"{catalog()[item.type].service_url}/test"
    headers = {"Content-Type": "application/json", **bridge_service_headers(secret, body, int(clock.now().timestamp()))}
    try:
        with requests.Session() as http:
            http.trust_env = False
            with http.post(
                url, data=body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True
            ) as answer:
                raw = answer.raw.read(MAX_ANSWER_BYTES, decode_content=True)
                return _read(answer.status_code, raw)
    except requests.Timeout:
        return BridgeTestResult(success=False, message="The bridge service did not answer in time.")
    except (requests.RequestException, OSError) as failure:
        log.warning("bridge_service_unreachable", bridge_type=item.type, error_type=type(failure).__name__)
        return BridgeTestResult(success=False, message="The bridge service could not be reached.")


def _read(status: int, raw: bytes) -> BridgeTestResult:
    answer: Any = None
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("success"), bool):
        return BridgeTestResult(success=False, message=f"The bridge service answered with status {status}.")
    default = "Connection successful" if answer["success"] else "Connection failed"
    message = answer.get("message")
    return BridgeTestResult(
        success=answer["success"] and 200 <= status < 300,
        message=message[:MAX_MESSAGE] if isinstance(message, str) and message else default,
    )


def _keep(session: EmbedSession, item: BridgeItem, result: BridgeTestResult, by: Actor) -> None:
    """The outcome becomes the bridge's status, unless it changed hands or state while the service was asked."""
    for _ in range(service.ATTEMPTS):
        status = "active" if result.success else "error"
        message = None if result.success else result.message
        if item.status in SETTLED or (item.status, item.error_message) == (status, message):
            return
        old_status, item.status, item.error_message = item.status, status, message
        transaction = Transaction()
        service.put_changed(transaction, item, old_status, by)
        service.record(transaction, item, "bridge.tested", by, success=result.success, at=clock.timestamp())
        try:
            transaction.commit()
            return
        except ConditionFailed:
            item = service.need(session.organization_id, session.end_user_id, item.id)
