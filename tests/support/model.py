"""A small model of the contract: an end user's orders and shipments after some records.

The real code merges, links, counts and repeats; here a record is applied to a dictionary.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.support.factories import EMBED
from tests.support.orders import Merchant

Record = dict[str, Any]
ORDER: Record = {
    "order_number": None,
    "status": "pending",
    "payment_status": "unpaid",
    "tags": [],
    "notes": None,
    "customer": {"name": None, "email": None, "phone": None},
}
MOVING = {"picked_up", "in_transit", "out_for_delivery", "available_for_pickup", "attempt_failed"}
ENDED = {"delivered", "returned", "cancelled"}
SHIPMENT: Record = {"status": "pending", "service": None, "order_external_id": None, "checkpoints": []}


@dataclass
class Model:
    """By bridge and external id."""

    orders: dict[tuple[str, str], Record] = field(default_factory=dict)
    shipments: dict[tuple[str, str], Record] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    """The expected events, apart from `order.updated`, which any change writes."""

    def apply(self, bridge_id: str, batch: dict[str, list[Record]]) -> None:
        for record in batch["orders"]:
            before = dict(self.orders.get((bridge_id, record["external_id"]), {}))
            self._apply(self.orders, bridge_id, record, ORDER)
            now = self.orders[bridge_id, record["external_id"]]
            self.events["order.created"] += not before
            self.events["order.status_changed"] += bool(before) and before["status"] != now["status"]
        for record in batch["shipments"]:
            before = dict(self.shipments.get((bridge_id, record["external_id"]), {}))
            self._apply(self.shipments, bridge_id, record, SHIPMENT)
            self._tell(before, self.shipments[bridge_id, record["external_id"]])

    def _tell(self, before: Record, now: Record) -> None:
        self.events["shipment.created"] += not before
        if before.get("status") != now["status"]:
            self.events["shipment.shipped"] += now["status"] in MOVING and not before.get("shipped")
            self.events["shipment.delivered"] += now["status"] == "delivered"
            self.events["shipment.exception"] += now["status"] == "exception"
        now["shipped"] = before.get("shipped") or now["status"] in MOVING | ENDED
        self.events["tracking.updated"] += not set(now["checkpoints"]) <= set(before.get("checkpoints", ()))

    def _apply(self, stored: dict[tuple[str, str], Record], bridge_id: str, record: Record, defaults: Record) -> None:
        key = bridge_id, record["external_id"]
        now, clock = stored.setdefault(key, {**defaults, "updated_at": ""}), record.get("updated_at") or ""
        if clock and clock < now["updated_at"]:
            return
        before = dict(now)
        for name in defaults.keys() & record.keys():
            value = defaults[name] if record[name] is None else record[name]
            if name == "checkpoints" and record[name] is not None:
                value = sorted({*now[name], *((c["checkpoint_time"], c["status"]) for c in value)})
            if name == "customer" and record[name] is not None:
                value = self._customer(now[name], record[name])
            if name == "status" and not clock and self._moves_back(before, value, record):
                value = now[name]
            now[name] = value
        now["updated_at"] = clock or now["updated_at"]

    @staticmethod
    def _customer(stored: Record, given: Record) -> Record:
        """Merged field by field, or replaced as a whole if the e-mail address is another."""
        emails = stored["email"], given.get("email")
        other = None not in emails and emails[0] != emails[1]
        return {**ORDER["customer"], **({} if other else stored), **given}

    @staticmethod
    def _moves_back(before: Record, status: str, record: Record) -> bool:
        """Whether a record without a clock reopens a delivered shipment without a newer checkpoint."""
        if "checkpoints" not in before or before["status"] != "delivered" or status in ENDED:
            return False
        ends = [time for time, word in before["checkpoints"] if word == "delivered"]
        given = [checkpoint["checkpoint_time"] for checkpoint in record.get("checkpoints") or []]
        # Without such a checkpoint it was delivered when it was synced, which is after all times in these tests.
        return not any(time > max(ends, default="9999") for time in given)

    def check(self, merchant: Merchant) -> None:
        """Raises AssertionError if the API shows something else."""
        shown = [merchant.client.get(f"{EMBED}/orders/{o['id']}").data for o in merchant.orders("?limit=50")["data"]]
        found = {(o["bridge_id"], o["external_id"]): o for o in shown}
        assert found.keys() == self.orders.keys()
        for key, expected in self.orders.items():
            assert {name: found[key][name] for name in ORDER} == {name: expected[name] for name in ORDER}
            for listed in found[key]["shipments"]:
                assert listed["status"] in {s["status"] for s in self.shipments.values()}
        for status in {expected["status"] for expected in self.orders.values()}:
            alike = {key for key, expected in self.orders.items() if expected["status"] == status}
            page = merchant.orders(f"?status={status}&limit=50")
            assert {(o["bridge_id"], o["external_id"]) for o in page["data"]} == alike
            assert page["pagination"]["total"] == len(alike)
        self._check_shipments(merchant, {o["id"]: o for o in shown})

    def _check_shipments(self, merchant: Merchant, orders: dict[str, Any]) -> None:
        listed = merchant.shipments("?limit=50")["data"]
        shown = [merchant.client.get(f"{EMBED}/shipments/{s['id']}").data for s in listed]
        found = {(s["bridge_id"], s["external_id"]): s for s in shown}
        assert found.keys() == self.shipments.keys()
        names = {external_id for _, external_id in self.orders}
        for key, expected in self.shipments.items():
            shipment = found[key]
            assert {name: shipment[name] for name in ("status", "service")} == {
                name: expected[name] for name in ("status", "service")
            }
            checkpoints = [(c["checkpoint_time"], c["status"]) for c in shipment["checkpoints"]]
            assert [time for time, _ in checkpoints] == sorted(time for time, _ in checkpoints)
            assert sorted(checkpoints) == expected["checkpoints"]
            assert (shipment["order_id"] is not None) == (expected["order_external_id"] in names)
            if shipment["order_id"] is not None:
                order = orders[shipment["order_id"]]
                assert order["external_id"] == expected["order_external_id"]
                assert shipment["id"] in {each["id"] for each in order["shipments"]}
