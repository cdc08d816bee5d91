"""Tracking that feeds itself, on the local stack: from a shipment to its page, letters, signals and figures."""

import json
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from chalicelib.kit import clock
from infra.system import FUNCTIONS
from local.deployment import stack_name
from local.places import ROOT
from local.stack import Stack
from tests.support.calling import Caller, emails, eventually, organization

FEATURES = ["bridges", "data_room", "branded_tracking"]
SCOPES = ["bridges:write", "orders:read", "shipments:read", "tracking:read"]
KINDS = ["shipped", "delivered"]
SCHEDULED: dict[str, Any] = {"detail": {}, "detail-type": "Scheduled Event", "resources": [], "source": "aws.events"}
SCHEDULED |= {"version": "0", "id": "", "account": "", "region": "", "time": ""}


class Feed:
    """A merchant whose parcels the demo of EasyPost follows."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.easypost = stack, f"http://localhost:{stack.ports.easypost}"
        self.server = organization(stack, "Feed", FEATURES)
        session = self.server("POST", "/sessions", {"externalId": f"merchant-{uuid.uuid4()}", "scopes": SCOPES})
        self.merchant = Caller(stack.base_url, session["data"]["token"])
        shipper = {"type": "shipstation", "name": "Shipper", "config": {"apiKey": "key", "apiSecret": "secret"}}
        self.bridge_id = self.merchant("POST", "/bridges", shipper)["data"]["id"]
        self.connect()

    def connect(self) -> None:
        """The steps of docs/tracking-feeds.md."""
        key = requests.get(f"{self.easypost}/demo/keys", timeout=10).json()["api_key"]
        provider = {"name": "easypost", "apiKey": key, "webhookSecret": "ﬀ-sécrèt"}
        change = {"settings": {"trackingProvider": provider, "shopperEmails": KINDS}}
        url = self.server("PATCH", "/config", change)["data"]["tracking_webhook_url"]
        body = {"webhook": {"url": url, "webhook_secret": "ﬀ-sécrèt"}}
        requests.post(f"{self.easypost}/v2/webhooks", json=body, auth=(key, ""), timeout=10).raise_for_status()

    def sync(self, *, orders: list[Any] | None = None, shipments: list[Any] | None = None) -> None:
        url = f"{self.stack.base_url}/api/v1/bridges/{self.bridge_id}/sync"
        body = {"orders": orders or [], "shipments": shipments or []}
        reply = requests.post(url, json=body, headers={"Authorization": f"Bearer {self.server.token}"}, timeout=60)
        assert reply.json()["data"]["errors"] == [], reply.text

    def place(self, name: str, email: str) -> str:
        """A new order with a label for its parcel. Returns the tracking number."""
        number = f"1Z{uuid.uuid4().hex[:14].upper()}"
        order = {
            "external_id": name,
            "order_number": name,
            "status": "processing",
            "customer": {"name": "Jane Doe", "email": email},
            "currency": "USD",
            "totals": {"total": 10},
            "ordered_at": clock.timestamp(),
        }
        self.sync(orders=[order], shipments=[self.label(name, number)])
        asked = eventually(self.asked_for, lambda found: number in found)
        assert asked.count(number) == 1
        return number

    def label(self, name: str, number: str, **more: Any) -> dict[str, Any]:
        return {
            "external_id": f"label-{name}",
            "order_external_id": name,
            "tracking_number": number,
            "carrier": "UPS",
            "status": "label_created",
            "estimated_delivery": day(9),
            **more,
        }

    def asked_for(self) -> list[str]:
        asked: list[str] = requests.get(f"{self.easypost}/demo/asked", timeout=10).json()
        return asked

    def scan(self, number: str) -> None:
        """The parcel's next scan, reported twice."""
        form = {"tracking_code": number, "copies": "2"}
        requests.post(f"{self.easypost}/demo/scans", data=form, timeout=30, allow_redirects=False).raise_for_status()

    def shipment(self, number: str) -> dict[str, Any]:
        (found,) = self.merchant("GET", f"/shipments?search={number}")["data"]
        shipment: dict[str, Any] = found
        return shipment

    def events(self, event_type: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.server("GET", f"/events?event_type={event_type}")["data"]
        return found

    def subjects(self, email: str) -> list[str]:
        return [str(each["Subject"]) for each in emails(self.stack, email)]

    def figures(self) -> list[dict[str, Any]]:
        """Of today."""
        url = f"{self.stack.base_url}/api/v1/insights?from={day(0)}&to={day(0)}"
        rows: list[dict[str, Any]] = self.server.http.get(url, timeout=30).json()["data"]
        return rows

    def watch(self) -> None:
        """The job of every minute, now."""
        (function,) = [each for each in FUNCTIONS if each.name == "watch_shipments"]
        cloud = self.stack.client("cloudformation")
        named = {"StackName": stack_name("local"), "LogicalResourceId": function.logical_id}
        (resource,) = cloud.describe_stack_resources(**named)["StackResources"]
        invoked = self.stack.client("lambda").invoke(
            FunctionName=resource["PhysicalResourceId"], Payload=json.dumps(SCHEDULED)
        )
        assert "FunctionError" not in invoked, invoked["Payload"].read()


def day(offset: int) -> str:
    return clock.timestamp(clock.now() + timedelta(days=offset))[:10]


@pytest.fixture(scope="module")
def feed(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Feed]:
    command = [sys.executable, "-m", "local.demo.easypost.server", "--port", str(stack.ports.easypost)]
    file = tmp_path_factory.mktemp("easypost") / "account.json"
    process = subprocess.Popen([*command, "--file", str(file)], cwd=ROOT)

    def answers() -> bool:
        try:
            return requests.get(f"http://localhost:{stack.ports.easypost}/demo/keys", timeout=5).ok
        except requests.ConnectionError:
            return False

    try:
        eventually(answers, bool)
        yield Feed(stack)
    finally:
        process.terminate()
        process.wait()


def test_a_page_feeds_itself_and_all_that_follows_from_it(feed: Feed) -> None:
    email = f"{uuid.uuid4().hex[:8]}@example.com"
    number = feed.place("F-1", email)
    token = feed.merchant("POST", "/tracking-pages", {"shipmentId": feed.shipment(number)["id"]})["data"]["token"]

    def page() -> str:
        return requests.get(f"{feed.stack.base_url}/t/{token}", timeout=30).text

    assert "PHOENIX" not in page()
    feed.scan(number)
    feed.scan(number)
    assert "PHOENIX" in page()
    assert feed.shipment(number)["status"] == "in_transit"
    # What the shop still says does not move the parcel back, nor register it again.
    feed.sync(shipments=[feed.label("F-1", number, service="ground")])
    eventually(lambda: feed.subjects(email), bool)
    while feed.shipment(number)["status"] != "delivered":
        feed.scan(number)
    assert "NEW YORK" in page()

    # Each is told once, although every report came twice.
    for event_type in ("shipment.shipped", "shipment.eta_changed", "shipment.delivered"):
        assert [each["resource_id"] for each in feed.events(event_type)] == [feed.shipment(number)["id"]], event_type
    letters = eventually(lambda: feed.subjects(email), lambda found: len(found) == 2)
    assert letters == ["Your order F-1 is on its way", "Your order F-1 has arrived"]
    assert feed.asked_for().count(number) == 1

    # One click unsubscribes from one kind of letter.
    text = emails(feed.stack, email)[0]["BodyText"]
    link = re.search(r"\S+/unsubscribe/\S+", text)
    assert link, text
    assert requests.get(link[0], timeout=30).status_code == 200
    assert requests.post(link[0], data={"List-Unsubscribe": "One-Click"}, timeout=30).status_code == 200
    second = feed.place("F-2", email)
    while feed.shipment(second)["status"] != "delivered":
        feed.scan(second)
    letters = eventually(lambda: feed.subjects(email), lambda found: len(found) == 3)
    assert letters[2:] == ["Your order F-2 has arrived"]

    # The figures are those of the log, and of a recount.
    counted = {"orders": 2, "shipped": 2, "delivered": 2, "on_time": 2, "late": 0, "exceptions": 0}
    # They come in batches, in no order.
    today = [{"date": day(0), **counted}]
    assert eventually(feed.figures, lambda rows: rows == today) == today
    organization_id = feed.events("order.created")[0]["organization_id"]
    assert "all counters are correct" in feed.stack.command("verify", "--organization", organization_id)


def test_a_parcel_that_is_late_is_told_once(feed: Feed) -> None:
    number = feed.place("F-3", "late@example.com")
    feed.sync(shipments=[feed.label("F-3", number, estimated_delivery=day(-3))])
    for _ in range(2):
        feed.watch()
    late = eventually(lambda: feed.events("shipment.late"), bool)
    assert [each["resource_id"] for each in late] == [feed.shipment(number)["id"]]
