"""Calls of both APIs.

V1 allows 40 requests a minute and says how many are left. V2 allows 200, and says how long to wait.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.connectors.faults import AuthFault, InvalidAnswer, RateLimited, Refused, for_status, seconds_in
from chalicelib.connectors.shop import Response, Shop
from chalicelib.kit import clock

V1 = "https://ssapi.shipstation.com"
V2 = "https://api.shipstation.com/v2"
PAUSED = "paused_until"
"""In the shop's memory: V1 has no request left until then."""


def is_v1(shop: Shop) -> bool:
    return bool(shop.config.get("apiSecret"))


def call_v1(
    shop: Shop, method: str, path: str, *, query: Mapping[str, str | int] | None = None, json: Any = None
) -> Any:
    """The answer's JSON. The last request of a minute is noted, so that none is made in vain."""
    paused_until = str(shop.memory.get(PAUSED, ""))
    if paused_until > clock.timestamp():
        raise RateLimited((clock.parse(paused_until) - clock.now()).total_seconds())
    credentials = shop.config["apiKey"], shop.config["apiSecret"]
    response = shop.http(method, f"{V1}{path}", query=query, json=json, basic_auth=credentials)
    reset = seconds_in(response.headers.get("x-rate-limit-reset"))
    if response.status == 429:
        raise RateLimited(reset)
    if response.headers.get("x-rate-limit-remaining") == "0" and reset is not None:
        shop.memory[PAUSED] = clock.timestamp(clock.now() + timedelta(seconds=reset))
    return _read(response)


def call_v2(
    shop: Shop, method: str, path: str, *, query: Mapping[str, str | int] | None = None, json: Any = None
) -> Any:
    """The answer's JSON, None where it has no content."""
    return _read(
        shop.http(method, f"{V2}{path}", query=query, json=json, headers={"API-Key": shop.config.get("apiKey", "")})
    )


def _read(response: Response) -> Any:
    if response.status == 401:
        raise AuthFault("ShipStation does not accept this API key. Enter the key again, and for V1 its secret.")
    if response.status in (400, 404, 409, 422) and (message := _message(response)):
        raise Refused(f"ShipStation refused this: {message}")
    if not 200 <= response.status < 300:
        raise for_status(response.status, response.headers)
    if response.status == 204 or not response.body.strip():
        return None
    return response.json()


def objects(answer: Any, name: str) -> list[dict[str, Any]]:
    """The objects that an answer has under the name. InvalidAnswer if it has no such list."""
    entries = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(entries, list):
        raise InvalidAnswer(200, "JSON of another form")
    return [entry for entry in entries if isinstance(entry, dict)]


def _message(response: Response) -> str:
    """V2: `{"errors": [{"message": …}]}`, V1: `{"ExceptionMessage": …}` or `{"Message": …}`."""
    try:
        body = response.json()
    except InvalidAnswer:
        return ""
    if not isinstance(body, dict):
        return ""
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    found = first.get("message") if isinstance(first, dict) else body.get("ExceptionMessage") or body.get("Message")
    return str(found or "")[:300]
