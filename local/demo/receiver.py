"""A webhook receiver: prints what arrives, says whether the signature is right, and shows the last ones at `GET /`.

`PUT /any/path {"secret": "whsec_…"}` tells it the secret of the webhook that points to that path; it keeps those over
restarts. Whatever is posted to a path is answered 200, or with the status that `?status=503` asks for.
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

KEPT = 100


class Secrets:
    """The secrets of webhooks by path, in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.by_path: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}

    def put(self, path: str, secret: str) -> None:
        self.by_path[path] = secret
        self.file.write_text(json.dumps(self.by_path, indent=2))


def signature_is_right(secret: str, body: bytes, signature: str) -> bool:
    expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, signature)


def parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


class Receiver(Handler):
    name = "receiver"
    secrets: Secrets
    received: ClassVar[deque[dict[str, Any]]] = deque(maxlen=KEPT)
    lock = threading.Lock()

    def do_GET(self) -> None:
        self.answer_json(list(self.received))

    def do_DELETE(self) -> None:
        self.received.clear()
        self.answer_json([])

    def do_PUT(self) -> None:
        with self.lock:
            self.secrets.put(self.route, json.loads(self.body())["secret"])
        self.answer_json({"path": self.route})

    def do_POST(self) -> None:
        body = self.body()
        secret = self.secrets.by_path.get(self.route)
        signature = self.headers.get("X-Orderly-Signature", "")
        verified = signature_is_right(secret, body, signature) if secret else None
        self.received.appendleft(
            {
                "path": self.route,
                "received_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "verified": verified,
                "headers": dict(self.headers.items()),
                "body": parsed(body),
            }
        )
        words = {True: "signature right", False: "SIGNATURE WRONG", None: "secret unknown"}[verified]
        event = self.headers.get("X-Orderly-Event", "?")
        self.say(f"{event} {self.headers.get('X-Orderly-Delivery', '')} on {self.route}: {words}")
        self.answer_json({"received": True}, HTTPStatus(int(self.query.get("status", 200))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secrets", type=Path, required=True)
    options = parser.parse_args()
    Receiver.secrets = Secrets(options.secrets)
    serve(Receiver, options.port)


if __name__ == "__main__":
    main()
