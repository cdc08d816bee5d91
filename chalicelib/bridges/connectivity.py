"""Tests a bridge: asks its connector or its service whether the stored config works."""

import time
from dataclasses import dataclass, replace
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from chalicelib.api_keys.service import signing_secret
from chalicelib.bridges import configs, service
from chalicelib.bridges.schemas import BridgeTestResult
from chalicelib.bridges.store import BridgeItem
from chalicelib.bridges.types import BridgeTypeUnavailable, require_available, require_service
from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit import clock, codec, log
from chalicelib.kit.aws import InvocationFailed, invoke
from chalicelib.kit.errors import NotFound
from chalicelib.kit.settings import settings
from chalicelib.organizations.principals import Actor, EmbedSession
from chalicelib.outbound.budget import Budget, BudgetedSocket, BudgetedTlsSocket, tls_context
from chalicelib.outbound.signing import bridge_service_headers
from chalicelib.security.rate_limits import TenantLimits
from chalicelib.table.transaction import Transaction, retry_on_conflict

LIMITS = TenantLimits.of("bridge-test")
TIMEOUT_S = 10.0
CONNECT_TIMEOUT_S = 3.0
MAX_MESSAGE = 500
MAX_RESPONSE_BYTES = 8192
MAX_HEADER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Outcome:
    success: bool
    message: str
    is_conclusive: bool = True
    code: str | None = None
    """False if the service did not judge the connection: it is down, slow or misconfigured. The bridge then keeps its
    status, because that is no fault of the merchant's shop or credentials."""


def test(session: EmbedSession, bridge_id: str, by: Actor) -> BridgeTestResult:
    item = service.get(session.organization_id, session.end_user_id, bridge_id)
    bridge_type = catalog().get(item.type)
    if bridge_type is None:
        raise BridgeTypeUnavailable(f"Bridges of the type {item.type} are no longer supported.")
    require_available(bridge_type)
    LIMITS.consume(session.organization_id, session.end_user_id)
    outcome = _ask_connector(item) if bridge_type.is_bundled else _call_service(item, require_service(bridge_type))
    if outcome.is_conclusive:
        _save(session, bridge_id, outcome, by)
    return BridgeTestResult(success=outcome.success, message=outcome.message, code=outcome.code)


def _ask_connector(item: BridgeItem) -> Outcome:
    """The function that speaks with platforms does the test, and has the platform's answer in words for people."""
    payload = {"ask": "test", "organization_id": item.organization_id, "bridge_id": item.id}
    try:
        answer = invoke(settings().work_on_bridges_function, payload)
    except InvocationFailed:
        return _inconclusive("The connection could not be tested just now. Try again.", "not_tested")
    if answer is None:
        raise NotFound
    return Outcome(answer["success"], answer["message"][:MAX_MESSAGE], answer["is_conclusive"], answer.get("code"))


def _call_service(item: BridgeItem, service_url: str) -> Outcome:
    secret = signing_secret(item.type)
    if secret is None:
        return _inconclusive(f"No service is set up for bridges of the type {item.type}.")
    config = configs.decrypt(item)
    body = codec.dumps({"bridgeId": item.id, "organizationId": item.organization_id, "config": config}).encode()
    headers = {"Content-Type": "application/json", **bridge_service_headers(secret, body, int(clock.now().timestamp()))}
    result = _post(f"{service_url}/test", body, headers)
    # Masked before it is cut: half a secret would no longer be recognised.
    message = configs.mask_secrets(result.message, item.type, config).encode("utf-8", "replace").decode()
    return replace(result, message=message[:MAX_MESSAGE])


def _post(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    budget = Budget(time.monotonic() + TIMEOUT_S, MAX_HEADER_BYTES + MAX_RESPONSE_BYTES)
    try:
        with requests.Session() as http:
            http.trust_env = False
            http.mount("http://", BudgetAdapter(budget))
            http.mount("https://", BudgetAdapter(budget))
            timeout = (min(CONNECT_TIMEOUT_S, TIMEOUT_S), TIMEOUT_S)
            with http.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False, stream=True
            ) as response:
                return _read(response.status_code, response.raw.read(MAX_RESPONSE_BYTES, decode_content=True))
    except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        return _inconclusive("The bridge service did not respond in time.", "service_slow")
    except Exception as failure:  # requests lets some errors of urllib3, sockets and decoders through
        if budget.is_over:
            return _inconclusive("The bridge service did not respond in time.", "service_slow")
        log.warning("bridge_service_unreachable", error_type=type(failure).__name__)
        return _inconclusive("The bridge service could not be reached.")


class BudgetAdapter(HTTPAdapter):
    """Applies one budget of time and bytes to everything that a session sends and receives."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=tls_context(), **options)

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*arguments, **options)
        assert isinstance(pool, HTTPConnectionPool)
        pool.ConnectionCls = _HttpsConnection if isinstance(pool, HTTPSConnectionPool) else _HttpConnection
        pool.conn_kw["budget"] = self._budget
        return pool


class _HttpConnection(HTTPConnection):
    def __init__(self, *arguments: Any, budget: Budget, **options: Any) -> None:
        self._budget = budget
        super().__init__(*arguments, **options)

    def _new_conn(self) -> BudgetedSocket:
        return BudgetedSocket.adopt(super()._new_conn(), self._budget)


class _HttpsConnection(HTTPSConnection):
    def __init__(self, *arguments: Any, budget: Budget, **options: Any) -> None:
        self._budget = budget
        super().__init__(*arguments, **options)

    def connect(self) -> None:
        # The TLS handshake may take as long as the TCP connection.
        super().connect()
        assert isinstance(self.sock, BudgetedTlsSocket)
        self.sock.budget = self._budget


def _read(status: int, raw: bytes) -> Outcome:
    """The service's judgement. Only a 2xx counts: any other status is a fault of the service or of its deployment."""
    result: Any = None
    try:
        result = codec.loads(raw)
    except (ValueError, RecursionError):
        result = None
    is_valid = isinstance(result, dict) and isinstance(result.get("success"), bool)
    if not is_valid or not 200 <= status < 300:
        return _inconclusive(f"The bridge service responded with status {status}.")
    default = "Connection successful" if result["success"] else "Connection failed"
    message = result.get("message")
    return Outcome(result["success"], message if isinstance(message, str) and message else default)


def _inconclusive(message: str, code: str = "service_failed") -> Outcome:
    return Outcome(success=False, message=message, is_conclusive=False, code=code)


def _save(session: EmbedSession, bridge_id: str, outcome: Outcome, by: Actor) -> None:
    """Set the bridge's status, unless the bridge was paused or reassigned during the test."""

    def attempt() -> None:
        item = service.get(session.organization_id, session.end_user_id, bridge_id)
        status = "active" if outcome.success else "error"
        message = None if outcome.success else outcome.message
        unchanged = (item.status, item.error_message) == (status, message)
        if not item.is_open or (unchanged and not item.reconnect_required):
            return
        old_status, item.status, item.error_message = item.status, status, message
        item.error_code = None if outcome.success else outcome.code
        transaction = Transaction()
        service.put_changed(transaction, item, old_status, by)
        service.record(transaction, item, "bridge.tested", by, success=outcome.success)
        transaction.commit()

    try:
        retry_on_conflict(attempt)
    except NotFound:
        return
