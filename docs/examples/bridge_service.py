"""A bridge service in 60 lines of standard Python. docs/bridge-services.md explains the protocol."""
# ruff: noqa: E401, I001, S310, T201

import base64, hashlib, hmac, json, os, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

ORDERLY_URL, SERVICE_KEY = os.environ["ORDERLY_URL"], os.environ["SERVICE_KEY"]
SIGNING_SECRET = os.environ["SIGNING_SECRET"].encode()


def fetch_orders(config: dict) -> list[dict]:
    """At most 100 orders. Replace this with calls to the platform; raise PermissionError if it refuses the config."""
    if config.get("apiKey") == "wrong":
        raise PermissionError("The platform refused the API key.")
    order = {"external_id": "1001", "order_number": "#1001", "status": "confirmed", "currency": "EUR"}
    order["line_items"] = [{"title": "Mug", "sku": "MUG-1", "quantity": 2, "price": "12.50"}]
    return [{**order, "totals": {"total": "25.00"}, "ordered_at": "2026-01-15T10:30:00Z"}]


def call(method: str, path: str, body: dict | None = None) -> dict:
    headers = {"Authorization": f"Bearer {SERVICE_KEY}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(ORDERLY_URL + path, data, headers, method=method), timeout=30) as response:
        return json.load(response)["data"]


def sync_all() -> None:
    threading.Timer(900, sync_all).start()
    for bridge in call("GET", "/api/v1/bridges?status=active&limit=100"):
        try:
            batch = {"orders": fetch_orders(bridge["config"]), "completed": True}
        except PermissionError as refused:
            batch = {"status": "error", "errorMessage": str(refused)}
        print(bridge["id"], call("POST", f"/api/v1/bridges/{bridge['id']}/sync", batch), flush=True)


class Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # {service_url}/test
        body = self.rfile.read(int(self.headers["Content-Length"]))
        timestamp, signature = self.headers["X-Orderly-Timestamp"], self.headers["X-Orderly-Signature"]
        digest = hmac.digest(SIGNING_SECRET, f"{timestamp}.".encode() + body, hashlib.sha256)
        success, message = True, "Connected."
        try:
            if not hmac.compare_digest(base64.b64encode(digest).decode(), signature or ""):
                raise PermissionError("The signature is not valid.")
            if abs(time.time() - int(timestamp)) > 300:
                raise PermissionError("The request is too old.")
            fetch_orders(json.loads(body)["config"])
        except PermissionError as refused:
            success, message = False, str(refused)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"success": success, "message": message}).encode())


if __name__ == "__main__":
    threading.Timer(0, sync_all).start()
    ThreadingHTTPServer(("localhost", int(os.environ.get("PORT", "9100"))), Service).serve_forever()
