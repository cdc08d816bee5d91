"""A demo webhook receiver: prints each delivery and whether its signature is valid. `GET /` lists the latest ones.

`PUT /any/path {"secret": "whsec_…"}` sets the secret of the webhook with that path; secrets are kept across restarts.
POST requests get a 200, or the status in `?status=503`.
"""

import argparse
import base64
import hashlib
import hmac
import json
import threading
from collections import deque
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar

from local.demo.server import Handler, serve

MAX_DELIVERIES = 100


class Secrets:
    """Webhook secrets by path, saved to a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.by_path: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}

    def put(self, path: str, secret: str) -> None:
        self.by_path[path] = secret
        self.file.write_text(json.dumps(self.by_path, indent=2))


def is_signature_valid(secret: str, body: bytes, signature: str) -> bool:
    expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, signature)


def parse(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


class Receiver(Handler):
    name = "receiver"
    secrets: Secrets
    received: ClassVar[deque[dict[str, Any]]] = deque(maxlen=MAX_DELIVERIES)
    lock = threading.Lock()

    def do_GET(self) -> None:
        self.respond_json(list(self.received))

    def do_DELETE(self) -> None:
        self.received.clear()
        self.respond_json([])

    def do_PUT(self) -> None:
        with self.lock:
            self.secrets.put(self.route, json.loads(self.body())["secret"])
        self.respond_json({"path": self.route})

    def do_POST(self) -> None:
        body = self.body()
        secret = self.secrets.by_path.get(self.route)
        signature = self.headers.get("X-Orderly-Signature", "")
        verified = is_signature_valid(secret, body, signature) if secret else None
        self.received.appendleft(
            {
                "path": self.route,
                "received_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "verified": verified,
                "headers": dict(self.headers.items()),
                "body": parse(body),
            }
        )
        result = {True: "signature valid", False: "SIGNATURE INVALID", None: "secret unknown"}[verified]
        event = self.headers.get("X-Orderly-Event", "?")
        self.report(f"{event} {self.headers.get('X-Orderly-Delivery', '')} on {self.route}: {result}")
        self.respond_json({"received": True}, HTTPStatus(int(self.query.get("status", 200))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secrets", type=Path, required=True)
    options = parser.parse_args()
    Receiver.secrets = Secrets(options.secrets)
    serve(Receiver, options.port)


if __name__ == "__main__":
    main()
