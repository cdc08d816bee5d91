"""Shopify's double: a store behind the token endpoint, the consent page and the GraphQL endpoint.

It executes Shopify's published schema, counts costs, throttles, and lets tokens expire.

`run` of `server.py` puts it on a port; in process, `http` is what a connector calls.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from chalicelib.connectors.shop import Response
from chalicelib.connectors.shopify.consent import SCOPES
from chalicelib.connectors.shopify.documents import API_VERSION
from chalicelib.kit import clock
from tests.support.shopify import execution
from tests.support.shopify.cost import MAX_COST, actual_cost
from tests.support.shopify.schema import schema
from tests.support.shopify.store import Store

DOMAIN = "example.myshopify.com"
CLIENT = {"client_id": "app-1", "client_secret": "shpss_secret"}
HOUR, DAY, NINETY_DAYS = 3600, 86_400, 90 * 86_400


class Double:
    def __init__(self, domain: str = DOMAIN, version: str = API_VERSION) -> None:
        self.store = Store(domain, SCOPES)
        self.version = version
        self.calls: list[str] = []
        """The operation of each call, or the path of those that are not GraphQL."""
        self.access_tokens: dict[str, str | None] = {"shpat_permanent": None}
        """Tokens, and when they expire."""
        self.refresh_tokens: dict[str, str | None] = {}
        """Tokens, and the one that replaces each once it is used."""
        self.codes: set[str] = set()
        self.bucket = self.bucket_size = 2000.0
        self.restore_rate = 100.0
        self._filled_at = clock.now()
        self.instead: Callable[[str], Response | None] = lambda name: None
        """What answers instead of the store: called before each call with its name."""
        self.after: Callable[[str], Response | None] = lambda name: None
        """As `instead`, after the call was done: its answer is lost."""
        self.costs: list[int] = []

    def http(
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
        parts = urlsplit(url)
        assert (parts.scheme, parts.hostname) == ("https", self.store.domain), url
        return self.handle(
            method, parts.path, {name.lower(): value for name, value in (headers or {}).items()}, json or form
        )

    def handle(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Response:
        name = path
        is_graphql = path == f"/admin/api/{self.version}/graphql.json" and method == "POST"
        if is_graphql:
            name = body["query"].split(maxsplit=2)[1].partition("(")[0]
        self.calls.append(name)
        if (answer := self.instead(name)) is not None:
            return answer
        answer = self._graphql(headers, body) if is_graphql else self._other(method, path, body)
        return self.after(name) or answer

    def _other(self, method: str, path: str, body: Any) -> Response:
        if (method, path) == ("POST", "/admin/oauth/access_token"):
            return self._token(body)
        return respond(404, {"errors": "Not Found"})

    def _graphql(self, headers: Mapping[str, str], body: Any) -> Response:
        token = headers.get("x-shopify-access-token", "")
        if token not in self.access_tokens or (self.access_tokens[token] or "9") <= clock.timestamp():
            return respond(
                401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
            )
        text, variables = body["query"], body.get("variables") or {}
        cost = execution.cost_of(schema(self.version), text, variables)
        self.costs.append(cost)
        if cost > MAX_COST:
            message = f"Query cost is {cost}, which exceeds the single query max cost limit ({MAX_COST})."
            return respond(200, {"errors": [{"message": message, "extensions": {"code": "MAX_COST_EXCEEDED"}}]})
        self._refill()
        if cost > self.bucket:
            errors = [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
            return respond(200, {"errors": errors, "extensions": self._cost(cost, None)})
        result = execution.run(schema(self.version), text, variables, self.store)
        actual = actual_cost(result.data) + (10 if text.lstrip().startswith("mutation") else 0)
        self.bucket -= min(actual, cost)
        answer: dict[str, Any] = {"data": result.data, "extensions": self._cost(cost, actual)}
        if result.errors:
            answer["errors"] = [{"message": error.message, "path": error.path} for error in result.errors]
        return respond(200, answer)

    def _refill(self) -> None:
        seconds = (clock.now() - self._filled_at).total_seconds()
        self._filled_at = clock.now()
        self.bucket = min(self.bucket_size, self.bucket + seconds * self.restore_rate)

    def _cost(self, requested: int, actual: int | None) -> dict[str, Any]:
        status = {
            "maximumAvailable": self.bucket_size,
            "currentlyAvailable": int(self.bucket),
            "restoreRate": self.restore_rate,
        }
        return {"cost": {"requestedQueryCost": requested, "actualQueryCost": actual, "throttleStatus": status}}

    def _token(self, form: Mapping[str, str]) -> Response:
        if {name: form.get(name) for name in CLIENT} != CLIENT:
            return respond(400, {"error": "invalid_client"})
        if form.get("grant_type") == "client_credentials":
            return respond(200, {"access_token": self._issue(DAY), "scope": ",".join(SCOPES), "expires_in": DAY - 1})
        if form.get("grant_type") == "refresh_token":
            return self._refresh(form.get("refresh_token", ""))
        if form.get("code") not in self.codes:
            return respond(
                400, {"error": "invalid_request", "error_description": "The authorization code was not found"}
            )
        self.codes.remove(form["code"])
        return respond(200, self._pair() if form.get("expiring") == "1" else {"access_token": self._issue(None)})

    def _refresh(self, token: str) -> Response:
        """A refresh token stays valid until its replacement is used."""
        if token not in self.refresh_tokens:
            return respond(
                401, {"error": "invalid_grant", "error_description": "This request requires an active refresh_token"}
            )
        for earlier in [name for name, replacement in self.refresh_tokens.items() if replacement == token]:
            del self.refresh_tokens[earlier]
        pair = self._pair()
        self.refresh_tokens[token] = pair["refresh_token"]
        return respond(200, pair)

    def _pair(self) -> dict[str, Any]:
        refresh = f"shprt_{len(self.refresh_tokens)}_{len(self.access_tokens)}"
        self.refresh_tokens[refresh] = None
        return {
            "access_token": self._issue(HOUR),
            "scope": ",".join(SCOPES),
            "expires_in": HOUR,
            "refresh_token": refresh,
            "refresh_token_expires_in": NINETY_DAYS,
        }

    def _issue(self, seconds: int | None) -> str:
        token = f"shpat_{len(self.access_tokens)}"
        self.access_tokens[token] = clock.in_seconds(seconds) if seconds else None
        return token

    def authorize(self, url: str) -> str:
        """The merchant agrees on the consent page: where Shopify sends them."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["client_id"] == CLIENT["client_id"]
        code = f"code-{len(self.calls)}-{len(self.codes)}"
        self.codes.add(code)
        answer = {
            "code": code,
            "host": "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvZXhhbXBsZQ",
            "shop": self.store.domain,
            "state": asked["state"],
            "timestamp": str(int(clock.now().timestamp())),
        }
        return f"{asked['redirect_uri']}?{urlencode({**answer, 'hmac': signature_of(answer)})}"


def signature_of(query: Mapping[str, str]) -> str:
    return hmac.new(
        CLIENT["client_secret"].encode(), urlencode(sorted(query.items())).encode(), hashlib.sha256
    ).hexdigest()


def signed_hook(
    topic: str, body: Any, secret: str = CLIENT["client_secret"], delivery: str = "d-1"
) -> tuple[dict[str, str], bytes]:
    """Headers, with names in lower case, and body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {
        "x-shopify-topic": topic,
        "x-shopify-webhook-id": delivery,
        "x-shopify-shop-domain": DOMAIN,
        "x-shopify-hmac-sha256": base64.b64encode(hmac.new(secret.encode(), content, hashlib.sha256).digest()).decode(),
    }, content


def respond(status: int, body: Any, **headers: str) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {"content-type": "application/json; charset=utf-8", **headers}, content)
