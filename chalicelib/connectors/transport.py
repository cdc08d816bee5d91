"""How packages reach their platforms: `shop.Http`, bounded in each call and in all of a task."""

import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from chalicelib.connectors.faults import OutOfTime, Unreachable
from chalicelib.connectors.shop import Response
from chalicelib.kit import clock, codec, log
from chalicelib.outbound.caller import USER_AGENT, Caller
from chalicelib.outbound.failures import SendFailed

CALL_S = 30.0
MAX_BYTES = 10 * 1024 * 1024
LEAST_S = 5.0
"""A call is not begun with less time than this left for the task."""


@cache
def caller() -> Caller:
    return Caller.of_stage(seconds=CALL_S, max_bytes=MAX_BYTES)


def _nothing() -> None:
    return


class BoundedHttp:
    """`ends`: on the monotonic clock. `before_call` may stop the work by raising."""

    def __init__(self, ends: float, before_call: Callable[[], None] = _nothing) -> None:
        self._ends = ends
        self._before_call = before_call
        self.clock: str | None = None
        """The platform's own time at its first response, if it tells."""

    def __call__(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        basic_auth: tuple[str, str] | None = None,
    ) -> Response:
        self._before_call()
        left = self._ends - time.monotonic()
        if left < LEAST_S:
            raise OutOfTime
        body, sent = _body(json, form)
        sent |= {"Accept": "application/json", "User-Agent": USER_AGENT}
        if basic_auth is not None:
            sent["Authorization"] = f"Basic {b64encode(':'.join(basic_auth).encode()).decode()}"
        if query:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
        try:
            answer = caller().call(method, url, body, {**sent, **(headers or {})}, min(CALL_S, left))
        except SendFailed as failed:
            # Not the URL: it may have an account's name in it.
            log.info("platform_unreachable", error_class=failed.error_class)
            raise Unreachable(f"{failed.error}.") from failed
        if self.clock is None:
            self.clock = _date(answer.headers.get("date", ""))
        return Response(answer.status, answer.headers, answer.body)


def _body(json: Any, form: Mapping[str, str] | None) -> tuple[bytes | None, dict[str, str]]:
    if json is not None:
        return codec.dumps(json).encode(), {"Content-Type": "application/json"}
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


def _date(header: str) -> str | None:
    try:
        return clock.timestamp(parsedate_to_datetime(header))
    except (ValueError, TypeError):
        return None
