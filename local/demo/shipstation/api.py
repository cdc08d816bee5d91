"""Both APIs over an account: credentials, limits, lists, holds and webhooks."""

import base64
import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.demo.shipstation.account import (
    CANCELLED,
    HELD,
    SHIPPED,
    WAITING,
    Account,
    Thing,
    from_pacific,
    label_v2,
    order_v1,
    shipment_v1,
    shipment_v2,
)

LIMITS = {"v1": 40, "v2": 200}
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    """Without the host: V2's begin with `/v2/`."""
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    """Names in lower case."""


class Api:
    def __init__(self, account: Account) -> None:
        self.account = account
        self.clock: Callable[[], float] = time.monotonic
        self._recent: dict[str, deque[float]] = {"v1": deque(), "v2": deque()}

    def answer(self, call: Call) -> Answer:
        version = "v2" if call.path.startswith("/v2/") else "v1"
        with self.account.lock:
            if not self._is_authorized(version, call.headers):
                errors = [{"message": "The API key is invalid.", "error_code": "unauthorized"}]
                return Answer(401, {"errors": errors} if version == "v2" else {"Message": "Authorization denied."})
            left, reset = self._count(version)
            headers = {
                "x-rate-limit-limit": "40",
                "x-rate-limit-remaining": str(max(left, 0)),
                "x-rate-limit-reset": str(reset),
            }
            if left < 0 and version == "v1":
                return Answer(429, "Too Many Requests", headers)
            if left < 0:
                return Answer(429, {"errors": [{"message": "Too many requests"}]}, {"retry-after": str(reset)})
            found = self._v2(call) if version == "v2" else self._v1(call)
            self.account.save()
            return Answer(found.status, found.body, headers if version == "v1" else {})

    def _is_authorized(self, version: str, headers: Mapping[str, str]) -> bool:
        data = self.account.data
        if version == "v2":
            return headers.get("api-key") == str(data["api_key"])
        basic = base64.b64encode(f"{data['api_key']}:{data['api_secret']}".encode()).decode()
        return headers.get("authorization") == f"Basic {basic}"

    def _count(self, version: str) -> tuple[int, int]:
        """How many calls are left after this one, and the seconds until there are more."""
        recent, at = self._recent[version], self.clock()
        while recent and recent[0] <= at - MINUTE:
            recent.popleft()
        left = LIMITS[version] - len(recent) - 1
        if left >= 0:
            recent.append(at)
        return left, max(1, math.ceil(recent[0] + MINUTE - at))

    # V1

    def _v1(self, call: Call) -> Answer:
        match call.method, call.path.strip("/").split("/"):
            case "GET", ["shipments"]:
                return self._shipments_v1(call.query)
            case "GET", ["orders"]:
                prefix = call.query.get("orderNumber", "")
                found = [order for order in self.account.data["orders"] if order["number"].startswith(prefix)]
                return Answer(
                    200, {"orders": [order_v1(order) for order in found], "total": len(found), "page": 1, "pages": 1}
                )
            case "POST", ["orders", "holduntil"]:
                return self._hold(self.account.order(call.body["orderId"]), call.body["holdUntilDate"])
            case "POST", ["orders", "restorefromhold"]:
                return self._release(self.account.order(call.body["orderId"]))
            case "POST", ["orders", "createorder"]:
                return self._replace_v1(call.body)
            case "GET", ["webhooks"]:
                return Answer(
                    200, {"webhooks": [_hook_v1(hook) for hook in self.account.data["hooks"] if hook["version"] == 1]}
                )
            case "POST", ["webhooks", "subscribe"]:
                return Answer(201, {"id": self._add_hook(1, call.body["event"], call.body["target_url"], [])})
            case "DELETE", ["webhooks", hook_id]:
                return self._delete_hook(hook_id)
        return Answer(404, {"Message": "No HTTP resource was found."})

    def _shipments_v1(self, query: Mapping[str, str]) -> Answer:
        labels = self.account.data["labels"]
        if start := query.get("createDateStart"):
            labels = [label for label in labels if label["created_at"] >= from_pacific(start)]
        if start := query.get("voidDateStart"):
            labels = [label for label in labels if label["voided_at"] and label["voided_at"] >= from_pacific(start)]
        labels = sorted(labels, key=lambda label: label["created_at"], reverse=query.get("sortDir") == "DESC")
        page, pages = _page(labels, query, "pageSize", 100)
        shown = [shipment_v1(label, self._order_of(label)) for label in page]
        return Answer(
            200, {"shipments": shown, "total": len(labels), "page": int(query.get("page", 1)), "pages": pages}
        )

    def _order_of(self, label: Thing) -> Thing:
        order = self.account.order(label["order_id"])
        assert order is not None
        return order

    def _replace_v1(self, body: Thing) -> Answer:
        order = next(
            (each for each in self.account.data["orders"] if order_v1(each)["orderKey"] == body.get("orderKey")), None
        )
        if order is None:
            return Answer(400, {"ExceptionMessage": "The demo only replaces orders."})
        if order["status"] != body["orderStatus"]:
            self.account.set_status(order, body["orderStatus"])
        return Answer(200, order_v1(order))

    # V2

    def _v2(self, call: Call) -> Answer:
        match call.method, call.path.strip("/").split("/")[1:]:
            case "GET", ["labels"]:
                return self._labels_v2(call.query)
            case "GET", ["shipments"]:
                found = [shipment_v2(order) for order in self.account.data["orders"]]
                for name in ("external_shipment_id", "shipment_number"):
                    found = [each for each in found if call.query.get(name) in (None, each[name])]
                return Answer(200, {"shipments": found, "total": len(found), "page": 1, "pages": 1})
            case "GET", ["shipments", shipment_id]:
                order = self._by_shipment(shipment_id)
                return Answer(200, shipment_v2(order)) if order else _not_found()
            case "PUT", ["shipments", shipment_id, act]:
                return self._change_v2(self._by_shipment(shipment_id), act, call.body)
            case "GET", ["environment", "webhooks"]:
                return Answer(200, [_hook_v2(hook) for hook in self.account.data["hooks"] if hook["version"] == 2])
            case "POST", ["environment", "webhooks"]:
                hook_id = self._add_hook(2, call.body["event"], call.body["url"], call.body.get("headers", []))
                return Answer(200, {**call.body, "webhook_id": f"se-{hook_id}"})
            case "DELETE", ["environment", "webhooks", hook_id]:
                return self._delete_hook(hook_id.removeprefix("se-"))
        return _not_found()

    def _labels_v2(self, query: Mapping[str, str]) -> Answer:
        labels = [
            label for label in self.account.data["labels"] if label["created_at"] >= query.get("created_at_start", "")
        ]
        if query.get("label_status") == "voided":
            labels = [label for label in labels if label["voided_at"]]
        field = {"created_at": "created_at", "modified_at": "voided_at"}[query.get("sort_by", "created_at")]
        newest_first = query.get("sort_dir", "desc") == "desc"
        labels = sorted(labels, key=lambda label: label[field] or label["created_at"], reverse=newest_first)
        page, pages = _page(labels, query, "page_size", 25)
        shown = [label_v2(label, self._order_of(label)) for label in page]
        return Answer(200, {"labels": shown, "total": len(labels), "page": int(query.get("page", 1)), "pages": pages})

    def _change_v2(self, order: Thing | None, act: str, body: Any) -> Answer:
        match act:
            case "hold":
                return self._hold(order, body["hold_until_date"])
            case "restore":
                return self._release(order)
            case "cancel":
                return self._cancel(order)
        return _not_found()

    def _by_shipment(self, shipment_id: str) -> Thing | None:
        number = shipment_id.removeprefix("se-")
        return self.account.order(int(number)) if number.isdigit() else None

    # Both

    def _hold(self, order: Thing | None, until: str) -> Answer:
        if order is None:
            return _not_found()
        if order["status"] not in (WAITING, HELD):
            return _bad("A cancelled shipment or a shipment with a purchased label cannot be held.")
        if until[:10] <= datetime.now(UTC).date().isoformat():
            return _bad("The hold_until_date must be later than today.")
        self.account.set_status(order, HELD, until[:10])
        return Answer(200, {"success": True})

    def _release(self, order: Thing | None) -> Answer:
        if order is None:
            return _not_found()
        if order["status"] != HELD:
            return _bad("The shipment is not on hold.")
        self.account.set_status(order, WAITING)
        return Answer(200, {"success": True})

    def _cancel(self, order: Thing | None) -> Answer:
        if order is None:
            return _not_found()
        if order["status"] == SHIPPED:
            return _bad("The label of the shipment has to be voided first.")
        self.account.set_status(order, CANCELLED)
        return Answer(204, None)

    def _add_hook(self, version: int, event: str, url: str, headers: list[Thing]) -> int:
        hook_id = self.account.next_id()
        self.account.data["hooks"].append(
            {"id": hook_id, "version": version, "event": event, "url": url, "headers": headers}
        )
        return hook_id

    def _delete_hook(self, hook_id: str) -> Answer:
        self.account.data["hooks"] = [hook for hook in self.account.data["hooks"] if str(hook["id"]) != hook_id]
        return Answer(204, None)


def _page(labels: list[Thing], query: Mapping[str, str], size_name: str, default: int) -> tuple[list[Thing], int]:
    size, number = int(query.get(size_name, default)), int(query.get("page", 1))
    return labels[(number - 1) * size : number * size], math.ceil(len(labels) / size)


def _hook_v1(hook: Thing) -> Thing:
    return {"WebHookID": hook["id"], "HookType": hook["event"], "Url": hook["url"], "Active": True}


def _hook_v2(hook: Thing) -> Thing:
    return {"webhook_id": f"se-{hook['id']}", "event": hook["event"], "url": hook["url"], "headers": hook["headers"]}


def _not_found() -> Answer:
    return Answer(404, {"errors": [{"message": "Not found.", "error_code": "not_found"}]})


def _bad(message: str) -> Answer:
    return Answer(400, {"errors": [{"message": message}], "ExceptionMessage": message})
