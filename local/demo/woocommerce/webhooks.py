"""Webhooks of the demo shop. They are delivered from a thread of their own, and switch themselves off after more than
five failures in a row, as WooCommerce's do."""

import base64
import hashlib
import hmac
import json
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping

import requests

from local.demo.woocommerce.orders import Invalid
from local.demo.woocommerce.store import Json, Store, now

TOPICS = {
    "order.created": ["woocommerce_new_order"],
    "order.updated": ["woocommerce_update_order", "woocommerce_order_refunded"],
    "order.deleted": ["wp_trash_post", "woocommerce_trash_order"],
    "order.restored": ["untrashed_post", "woocommerce_untrash_order"],
}
MAX_FAILURES = 5
TIMEOUT_S = 20
HIDDEN = ("secret", "failure_count")
Post = Callable[[str, bytes, Mapping[str, str]], int]
"""(address, body, headers) -> status, 0 if there was no answer."""


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    try:
        answer = requests.post(address, body, headers=dict(headers), timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException:
        return 0
    return answer.status_code


class Webhooks:
    def __init__(self, store: Store, post: Post = post, *, in_background: bool = True) -> None:
        self.store = store
        self.post = post
        self.waiting: queue.SimpleQueue[tuple[str, Json]] = queue.SimpleQueue()
        self.in_background = in_background
        if in_background:
            threading.Thread(target=self._deliver_waiting, daemon=True).start()

    def tell(self, topic: str, payload: Json) -> None:
        self.waiting.put((topic, payload))

    def deliver(self) -> None:
        """Deliver all that waits, one after the other."""
        while not self.waiting.empty():
            self._deliver(*self.waiting.get())

    def create(self, sent: Json) -> Json:
        topic, address = str(sent.get("topic", "")), str(sent.get("delivery_url", ""))
        if topic not in TOPICS:
            code = "woocommerce_rest_shop_webhook_invalid_topic"
            raise Invalid(code, "Webhook topic is required and must be valid.")
        if not address.startswith(("http://", "https://")):
            code = "woocommerce_rest_shop_webhook_invalid_delivery_url"
            raise Invalid(code, "Webhook delivery URL must be a valid URL starting with http:// or https://.")
        resource, event = topic.split(".")
        webhook = {
            "name": sent.get("name", "Webhook"),
            "status": "active",
            "topic": topic,
            "resource": resource,
            "event": event,
            "hooks": TOPICS[topic],
            "delivery_url": address,
            "date_created_gmt": now(),
            "secret": sent.get("secret") or secrets.token_hex(25),
            "failure_count": 0,
        }
        self.store.add("webhook", webhook)
        self.store.log("webhook.created", topic=topic)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        ping = (address, f"webhook_id={webhook['id']}".encode(), form)
        if self.in_background:
            # The shop's own answer doesn't wait here: the address may belong to the one who asks.
            threading.Thread(target=self.post, args=ping, daemon=True).start()
        else:
            self.post(*ping)
        return shown(webhook)

    def change(self, webhook_id: int, sent: Json) -> Json:
        webhook = self._find(webhook_id, 400)
        if sent.get("status") not in (None, "active", "paused", "disabled"):
            raise Invalid("rest_invalid_param", "Invalid parameter(s): status")
        webhook.update({key: sent[key] for key in ("name", "status", "secret") if sent.get(key)})
        self.store.save(webhook)
        self.store.log("webhook.updated", topic=webhook["topic"], status=webhook["status"])
        return shown(webhook)

    def delete(self, webhook_id: int, query: Mapping[str, str]) -> Json:
        if query.get("force") != "true":
            raise Invalid("woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.", 501)
        webhook = self._find(webhook_id, 404)
        self.store.delete(webhook_id)
        return shown(webhook)

    def all(self) -> list[Json]:
        return [shown(webhook) for webhook in reversed(list(self.store.all("webhook")))]

    def secrets(self) -> dict[str, str]:
        """By the last part of the address."""
        return {each["delivery_url"].rpartition("/")[2]: each["secret"] for each in self.store.all("webhook")}

    def _find(self, webhook_id: int, status: int) -> Json:
        webhook = self.store.find("webhook", webhook_id)
        if webhook is None:
            raise Invalid("woocommerce_rest_shop_webhook_invalid_id", "ID is invalid.", status)
        return webhook

    def _deliver_waiting(self) -> None:
        while True:
            self._deliver(*self.waiting.get())

    def _deliver(self, topic: str, payload: Json) -> None:
        body = json.dumps(payload, separators=(",", ":")).encode()
        for webhook in list(self.store.all("webhook")):
            if webhook["topic"] == topic and webhook["status"] == "active":
                status = self.post(webhook["delivery_url"], body, _headers(webhook, body))
                self._count(webhook["id"], is_success=200 <= status < 303)

    def _count(self, webhook_id: int, *, is_success: bool) -> None:
        with self.store.lock:
            webhook = self.store.find("webhook", webhook_id)
            if webhook is None:
                return
            if is_success:
                webhook["failure_count"] = 0
            elif webhook["failure_count"] > MAX_FAILURES:
                webhook["status"] = "disabled"
                self.store.log("webhook.disabled", topic=webhook["topic"])
            else:
                webhook["failure_count"] += 1
            self.store.save(webhook)


def shown(webhook: Json) -> Json:
    return {key: value for key, value in webhook.items() if key not in HIDDEN}


def _headers(webhook: Json, body: bytes) -> dict[str, str]:
    signature = base64.b64encode(hmac.new(webhook["secret"].encode(), body, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "X-WC-Webhook-Topic": webhook["topic"],
        "X-WC-Webhook-Resource": webhook["resource"],
        "X-WC-Webhook-Event": webhook["event"],
        "X-WC-Webhook-Signature": signature,
        "X-WC-Webhook-ID": str(webhook["id"]),
        # The same for everything that a webhook delivers within a second.
        "X-WC-Webhook-Delivery-ID": hashlib.sha256(f"{webhook['id']}{int(time.time())}".encode()).hexdigest()[:32],
    }
