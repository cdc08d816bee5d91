"""Asking a bridge's service whether the stored config works."""

import threading
from typing import Any

import requests
import urllib3

from chalicelib.api_keys.service import signing_secret
from chalicelib.bridges import configs, service
from chalicelib.bridges.schemas import BridgeTestResult
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit import clock, codec, log
from chalicelib.kit.errors import NotFound
from chalicelib.organizations.principals import Actor, EmbedSession
from chalicelib.outbound.signatures import bridge_service_headers
from chalicelib.security.rate_limits import Trials
from chalicelib.table.transaction import Transaction, retry_on_conflict

TRIALS = Trials.of("bridge")
TIMEOUT_S = 10.0
MAX_MESSAGE = 500
MAX_ANSWER_BYTES = 8192
SETTLED = ("paused", "pending_oauth")
"""Statuses that a test leaves alone."""


def test(session: EmbedSession, bridge_id: str, by: Actor) -> BridgeTestResult:
    item = service.need(session.organization_id, session.end_user_id, bridge_id)
    TRIALS.spend(session.organization_id, session.end_user_id)
    result = _ask(item)
    _keep(session, bridge_id, result, by)
    return result


def _ask(item: BridgeItem) -> BridgeTestResult:
    kind, secret = catalog().get(item.type), signing_secret(item.type)
    if kind is None or secret is None:
        return _failed(f"No service is set up for bridges of the type {item.type}.")
    config = configs.decrypt(item)
    body = codec.dumps({"bridgeId": item.id, "organizationId": item.organization_id, "config": config}).encode()
    headers = {"Content-Type": "application/json", **bridge_service_headers(secret, body, int(clock.now().timestamp()))}
    result = _answer_in_time(f"{kind.service_url}/test", body, headers)
    return BridgeTestResult(success=result.success, message=_kept(result.message, item.type, config))


def _answer_in_time(url: str, body: bytes, headers: dict[str, str]) -> BridgeTestResult:
    """The timeouts of sockets hold for one operation each; an answer in drips is left behind with its thread."""
    answers: list[BridgeTestResult] = []
    asking = threading.Thread(target=lambda: answers.append(_post(url, body, headers)), name="bridge-test", daemon=True)
    asking.start()
    asking.join(TIMEOUT_S)
    return answers[0] if answers else _failed("The bridge service did not answer in time.")


def _post(url: str, body: bytes, headers: dict[str, str]) -> BridgeTestResult:
    try:
        with requests.Session() as http:
            http.trust_env = False
            with http.post(
                url, data=body, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True
            ) as answer:
                return _read(answer.status_code, answer.raw.read(MAX_ANSWER_BYTES, decode_content=True))
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        return _failed("The bridge service did not answer in time.")
    except Exception as failure:  # of requests, of urllib3 below it, or of neither: a thread must not die of any
        log.warning("bridge_service_unreachable", error_type=type(failure).__name__)
        return _failed("The bridge service could not be reached.")


def _read(status: int, raw: bytes) -> BridgeTestResult:
    answer: Any = None
    try:
        answer = codec.loads(raw)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("success"), bool):
        return _failed(f"The bridge service answered with status {status}.")
    default = "Connection successful" if answer["success"] else "Connection failed"
    message = answer.get("message")
    return BridgeTestResult(
        success=answer["success"] and 200 <= status < 300,
        message=message if isinstance(message, str) and message else default,
    )


def _failed(message: str) -> BridgeTestResult:
    return BridgeTestResult(success=False, message=message)


def _kept(message: str, bridge_type: str, config: dict[str, Any]) -> str:
    message = configs.without_secrets(message, bridge_type, config)
    return message.encode("utf-8", "replace").decode()[:MAX_MESSAGE]


def _keep(session: EmbedSession, bridge_id: str, result: BridgeTestResult, by: Actor) -> None:
    """The outcome becomes the bridge's status, unless it changed hands or state while the service was asked."""

    def attempt() -> None:
        item = service.need(session.organization_id, session.end_user_id, bridge_id)
        status = "active" if result.success else "error"
        message = None if result.success else result.message
        if item.status in SETTLED or (item.status, item.error_message) == (status, message):
            return
        old_status, item.status, item.error_message = item.status, status, message
        transaction = Transaction()
        service.put_changed(transaction, item, old_status, by)
        service.record(transaction, item, "bridge.tested", by, success=result.success)
        transaction.commit()

    try:
        retry_on_conflict(attempt)
    except NotFound:
        return
