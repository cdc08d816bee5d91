"""Sends a call to DynamoDB with half of botocore's CPU time (docs/decisions/0023-dynamodb-client.md).

botocore still chooses the endpoint, keeps the credentials, builds the request, and raises the errors. In between, the
handler below makes the first attempt. It answers only what needs no decision: a result, a failed condition, a cancelled
transaction. After anything else it returns None, and botocore makes the call as if nothing had been tried, with its
own retries, time-outs and errors.
"""

import hashlib
import hmac
import json
import random
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from botocore.client import BaseClient
from botocore.credentials import Credentials
from botocore.httpsession import create_urllib3_context, get_cert_path
from botocore.utils import get_environ_proxies
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

DECIDED = ("ConditionalCheckFailedException", "TransactionCanceledException")
"""Errors that a retry by botocore would not change."""
MAX_PAUSE_S = 0.05
SIGNED = ("content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target")


@dataclass(frozen=True, slots=True)
class Http:
    """What botocore's client looks at of an HTTP response."""

    status_code: int


Answer = tuple[Http, dict[str, Any]]


class ShortPath:
    """A handler of botocore's `before-call`: what it returns is the call's answer."""

    def __init__(self, credentials: Credentials, ca_bundle: str | None, timeout: Timeout, connections: int) -> None:
        self._credentials = credentials
        self._ca_bundle = ca_bundle
        self._timeout = timeout
        self._connections = connections
        self._pool = cache(self._new_pool)

    def __call__(self, params: dict[str, Any], request_signer: Any, context: dict[str, Any], **_: Any) -> Answer | None:
        parts = urlsplit(params["url"])
        signature = context.get("auth_type") or request_signer.signature_version
        if signature != "v4" or parts.path != "/" or parts.query:
            return None
        region = context.get("signing", {}).get("region") or request_signer.region_name
        headers = {**params["headers"], "Host": parts.netloc}
        keys = self._credentials.get_frozen_credentials()
        headers |= sign(headers, params["body"], region, keys.access_key, keys.secret_key, keys.token)
        try:
            response = self._pool(parts.scheme, parts.netloc).urlopen(
                "POST", "/", params["body"], headers, retries=False, redirect=False, decode_content=False
            )
            answer = read_answer(response)
        except (HTTPError, ValueError):
            return None
        if answer is None:
            time.sleep(random.uniform(0, MAX_PAUSE_S))  # noqa: S311 - jitter, not a secret
        return answer

    def _new_pool(self, scheme: str, host: str) -> HTTPConnectionPool:
        name, _, port = host.partition(":")
        number = int(port) if port else None
        if scheme == "http":
            return HTTPConnectionPool(name, number, timeout=self._timeout, maxsize=self._connections)
        tls = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
        tls.load_verify_locations(self._ca_bundle or get_cert_path(True))
        return HTTPSConnectionPool(name, number, timeout=self._timeout, maxsize=self._connections, ssl_context=tls)


def register(client: BaseClient, credentials: Credentials | None, ca_bundle: str | None) -> None:
    """Make the client's calls take the short path. Behind a proxy, or without credentials, they stay botocore's."""
    config = client.meta.config
    if credentials is None or get_environ_proxies(client.meta.endpoint_url):
        return
    timeout = Timeout(connect=config.connect_timeout, read=config.read_timeout)
    path = ShortPath(credentials, ca_bundle, timeout, config.max_pool_connections)
    client.meta.events.register("before-call.dynamodb", path)


def read_answer(response: BaseHTTPResponse) -> Answer | None:
    """None unless the response is whole and needs no retry. ValueError if it is not DynamoDB's."""
    body = response.data
    checksum = response.headers.get("x-amz-crc32")
    if checksum is not None and zlib.crc32(body) != int(checksum):
        return None
    if response.status == 200:
        return Http(200), json.loads(body)
    if response.status != 400:
        return None
    refusal = json.loads(body)
    code = refusal.get("__type", "").rpartition("#")[2]
    if code not in DECIDED:
        return None
    message = refusal.get("message") or refusal.get("Message") or ""
    metadata = {"HTTPStatusCode": 400, "HTTPHeaders": {name.lower(): value for name, value in response.headers.items()}}
    return Http(400), {**refusal, "Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}


def sign(
    headers: Mapping[str, str], body: bytes, region: str, access_key: str, secret_key: str, token: str | None
) -> dict[str, str]:
    """The headers that Signature Version 4 adds to a POST of `body` to `/`."""
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    added = {"X-Amz-Date": moment}
    if token:
        added["X-Amz-Security-Token"] = token
    by_name = {name.lower(): value for name, value in {**headers, **added}.items()}
    names = [name for name in SIGNED if name in by_name]
    listed = ";".join(names)
    lines = [f"{name}:{by_name[name]}\n" for name in names]
    request = f"POST\n/\n\n{''.join(lines)}\n{listed}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{moment[:8]}/{region}/dynamodb/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(_signing_key(secret_key, moment[:8], region), text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={access_key}/{scope}, SignedHeaders={listed}, Signature={signature}"
    return {**added, "Authorization": f"AWS4-HMAC-SHA256 {credential}"}


@lru_cache(maxsize=4)
def _signing_key(secret_key: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in (day, region, "dynamodb", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
