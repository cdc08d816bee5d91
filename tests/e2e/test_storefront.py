"""The JavaScript client against the stack: in Chromium on a page of another origin, and in Node, with real e-mails."""

import html
import json
import re
import shutil
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser

from chalicelib.kit import clock
from chalicelib.mail.messages import parse_message, to_tags
from local.stack import Stack
from tests.browser.conftest import browser
from tests.support import calling
from tests.support.bounces import bounce

__all__ = ["browser"]

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "chalicelib/storefront/client.js"
PATIENCE_S = 90


@dataclass
class Shop:
    stack: Stack
    server: requests.Session
    publishable_key: str
    bridge_id: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        reply = self.server.request(method, f"{self.stack.base_url}{path}", json=body, timeout=60)
        assert reply.ok, reply.text
        return reply.json()["data"]

    def order(self) -> dict[str, str]:
        """A new order, and what a page needs to show it."""
        number, email = f"#{uuid.uuid4().hex[:8]}/ü", f"{uuid.uuid4().hex[:8]}@example.com"
        record = {
            "external_id": number,
            "order_number": number,
            "status": "pending",
            "payment_status": "unpaid",
            "customer": {"name": "Jane Doe", "email": email},
            "line_items": [{"title": "Widget", "quantity": 2, "price": 22.5}],
            "shipping_address": {"address1": "123 Main St", "city": "Anytown", "country": "US"},
            "totals": {"subtotal": 45, "tax": 4.99, "total": 49.99},
            "currency": "USD",
            "ordered_at": clock.timestamp(),
        }
        synced = self.call("POST", f"/api/v1/bridges/{self.bridge_id}/sync", {"orders": [record]})
        assert synced["orders"]["created"] == 1, synced
        token = self.call("POST", "/api/v1/storefront/customer-sessions", {"email": email})["token"]
        return {
            "publishableKey": self.publishable_key,
            "baseUrl": self.stack.base_url,
            "customerToken": token,
            "number": number,
            "email": email,
        }

    def emails(self, email: str, subject: str, patience_s: float = PATIENCE_S) -> list[dict[str, Any]]:
        """The e-mails to that address, once there are any."""
        deadline = time.monotonic() + patience_s
        while True:
            found = [one for one in calling.emails(self.stack, email) if subject in one["Subject"]]
            if found:
                return found
            if time.monotonic() >= deadline:
                return []
            time.sleep(0.2)

    def code(self, email: str) -> str:
        found = re.search(r"^ +(\d{6})$", self.emails(email, "code")[-1]["BodyText"], re.MULTILINE)
        assert found
        return found[1]


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Storefront").splitlines())
    server = requests.Session()
    server.headers["Authorization"] = f"Bearer {printed['api_key']}"
    made = Shop(stack, server, "", "")
    config = {"slug": f"shop-{uuid.uuid4().hex[:8]}", "settings": {"storefrontEmails": True}}
    made.publishable_key = made.call("PATCH", "/api/v1/embed/config", config)["publishable_key"]
    session = made.call("POST", "/api/v1/embed/sessions", {"externalId": "merchant-1"})["token"]
    bridge = requests.post(
        f"{stack.base_url}/api/v1/embed/bridges",
        json={"type": "shipstation", "name": "Shipper", "config": {"apiKey": "key", "apiSecret": "secret"}},
        headers={"Authorization": f"Bearer {session}"},
        timeout=60,
    )
    made.bridge_id = bridge.json()["data"]["id"]
    return made


@pytest.fixture(scope="module")
def page_url() -> Iterator[str]:
    """A page of another origin than the API's, which only runs the scenario."""

    class Quiet(SimpleHTTPRequestHandler):
        extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

        def log_message(self, *_: Any) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(HERE)))
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{site.server_address[1]}"
    site.shutdown()
    site.server_close()
    thread.join()


def check(result: dict[str, Any], order: dict[str, str]) -> None:
    number, email = order["number"], order["email"]
    assert [item["orderNumber"] for item in result["listed"]["data"]["items"]] == [number]
    assert result["got"]["data"]["email"] == email
    assert result["tracked"]["data"]["orderNumber"] == number
    assert len(result["tracked"]["data"]) == 11
    assert result["asked"]["data"]["success"] is True
    assert (result["wrong"]["error"]["code"], result["wrong"]["error"]["status"]) == ("ORDER_LOOKUP_INVALID", 400)
    assert result["verified"]["data"]["order"]["orderNumber"] == number
    assert result["verified"]["data"]["expiresIn"] == 1800
    assert result["again"]["data"] == result["verified"]["data"]["order"]
    assert result["cancelled"]["data"]["status"] == "CANCELLED"
    assert result["twice"]["error"]["code"] == "ORDER_NOT_CANCELLABLE"
    assert result["session"]["data"]["token"].startswith("est_")
    assert result["bridges"] == {"data": [], "error": None}


def test_a_page_of_another_origin_shows_cancels_and_tracks_orders(shop: Shop, browser: Browser, page_url: str) -> None:
    order = shop.order()
    page = browser.new_page()
    page.goto(f"{page_url}/scenario.mjs")
    page.expose_function("getCode", lambda: shop.code(order["email"]))
    result = page.evaluate(
        """async ({ order, site }) => {
            const { shop } = await import(`${site}/scenario.mjs`);
            return shop(await import(`${order.baseUrl}/client.js`), order, window.getCode);
        }""",
        {"order": order, "site": page_url},
    )
    page.close()
    check(result, order)


def test_node_does_the_same(shop: Shop, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node here")
    order = shop.order()
    mail = f"{shop.stack.environment['AWS_ENDPOINT_URL']}/_ministack/ses/messages"
    script = f"""
        import {{ shop }} from {json.dumps(str(HERE / "scenario.mjs"))};
        import * as client from {json.dumps(str(CLIENT))};
        const order = {json.dumps(order)};
        const getCode = async () => {{
          for (;;) {{
            const {{ messages }} = await (await fetch({json.dumps(mail)})).json();
            const mine = Object.values(messages).flat().filter((one) => one.To[0] === order.email);
            const code = mine.map((one) => one.BodyText.match(/^ +(\\d{{6}})$/m)).find(Boolean);
            if (code) return code[1];
            await new Promise((done) => setTimeout(done, 200));
          }}
        }};
        console.log(JSON.stringify(await shop(client, order, getCode)));
    """
    path = tmp_path / "run.mjs"
    path.write_text(script, encoding="utf-8")
    ran = subprocess.run([node, str(path)], capture_output=True, text=True, timeout=PATIENCE_S + 30)
    assert ran.returncode == 0, ran.stderr
    check(json.loads(ran.stdout), order)


def test_a_confirmation_is_emailed_and_its_link_opens_the_order(shop: Shop) -> None:
    order = shop.order()
    (email,) = shop.emails(order["email"], "Your order")
    assert email["Source"].startswith("Storefront <")
    link = html.unescape(re.search(r'href="([^"]+)"', email["BodyHtml"])[1])  # type: ignore[index]
    page = requests.get(link, timeout=60)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Awaiting payment" in page.text
    assert order["number"] in html.unescape(page.text)
    assert order["email"] not in page.text


def test_a_customer_is_erased_in_the_background(shop: Shop) -> None:
    order = shop.order()
    shop.call("POST", "/api/v1/customers/erase", {"email": order["email"]})
    # The last look comes after every sync that began before the request, some 40 s later.
    deadline = time.monotonic() + 2 * PATIENCE_S
    while time.monotonic() < deadline:
        done = shop.call("GET", "/api/v1/embed/events?event_type=customer.erasure_completed")
        if done:
            break
        time.sleep(0.5)
    assert done[0]["metadata"] == {"orders": 1}
    table = shop.stack.environment["TABLE_NAME"]
    pages = shop.stack.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    assert order["email"] not in json.dumps([item for page in pages for item in page["Items"]])


def dead_letters(shop: Shop) -> tuple[str, dict[str, Any]]:
    """The dead-letter queue of mail, and the redrive policy that names it."""
    sqs, queue = shop.stack.client("sqs"), shop.stack.environment["MAIL_QUEUE_URL"]
    answer = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])
    policy: dict[str, Any] = json.loads(answer["Attributes"]["RedrivePolicy"])
    return sqs.get_queue_url(QueueName=policy["deadLetterTargetArn"].rpartition(":")[2])["QueueUrl"], policy


def move_back(shop: Shop, dead: str, is_meant: Callable[[str], bool]) -> str:
    """Move the matching dead letter back to the mail queue. Returns its body."""
    sqs, deadline = shop.stack.client("sqs"), time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        received = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10, VisibilityTimeout=1)
        for message in received.get("Messages", []):
            if is_meant(message["Body"]):
                sqs.send_message(QueueUrl=shop.stack.environment["MAIL_QUEUE_URL"], MessageBody=message["Body"])
                sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
                return str(message["Body"])
        time.sleep(0.2)
    raise AssertionError("no such dead letter")


def test_refused_emails_go_to_the_dead_letter_queue_and_can_be_sent_again(shop: Shop) -> None:
    """Uses the queue's own redrive policy; only the wait between attempts is shortened."""
    sqs, ses = shop.stack.client("sqs"), shop.stack.client("ses")
    named = shop.stack.environment
    queue, sender = named["MAIL_QUEUE_URL"], named["MAIL_FROM"]
    dead, policy = dead_letters(shop)
    assert policy["maxReceiveCount"] == 5
    usual = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    order, client = shop.order(), requests.Session()
    shop.emails(order["email"], "Your order")
    client.headers["X-Api-Key"] = shop.publishable_key

    def waiting() -> int:
        found = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["ApproximateNumberOfMessages"])
        return int(found["Attributes"]["ApproximateNumberOfMessages"])

    before = waiting()
    ses.delete_identity(Identity=sender)
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    try:
        body = {"orderNumber": order["number"], "email": order["email"]}
        requested = client.post(f"{shop.stack.base_url}/storefront/v1/orders/access/request", json=body, timeout=60)
        assert (requested.status_code, requested.json()["success"]) == (200, True)
        deadline = time.monotonic() + PATIENCE_S
        while waiting() == before and time.monotonic() < deadline:
            time.sleep(0.2)
        assert waiting() == before + 1
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=usual)
        ses.verify_email_identity(EmailAddress=sender)
    assert shop.emails(order["email"], "code", patience_s=0) == []
    assert order["email"] not in move_back(shop, dead, lambda body: "access_code" in body)
    assert len(shop.code(order["email"])) == 6


def test_bounced_emails_go_to_the_dead_letter_queue_and_can_be_sent_again(shop: Shop) -> None:
    """The local cloud reports no bounces, so the test sends SES's event. Only SES may use the source `aws.ses`, so the
    stack's rule gets another source for this test. Rule, queue and worker are the stack's own."""
    events, named = shop.stack.client("events"), shop.stack.environment
    order = shop.order()
    (email,) = shop.emails(order["email"], "Your order")
    (created,) = shop.call("GET", "/api/v1/embed/events?event_type=order.created&limit=1")
    organization_id, order_id = created["organization_id"], created["resource_id"]
    message = {"kind": "order_confirmation", "organization_id": organization_id, "order_id": order_id}
    ours = bounce(to_tags(message), named["MAIL_CONFIGURATION_SET"], order["email"], email["MessageId"])
    foreign = bounce(to_tags(message), "somebody-elses", order["email"], "another email")
    (rule,) = [each for each in events.list_rules()["Rules"] if "aws.ses" in each.get("EventPattern", "")]
    pattern = rule["EventPattern"]
    assert [
        events.test_event_pattern(EventPattern=pattern, Event=json.dumps(event))["Result"] for event in (ours, foreign)
    ] == [True, False]

    events.put_rule(Name=rule["Name"], EventPattern=pattern.replace("aws.ses", "test.ses"))
    try:
        entries = [
            {"Source": "test.ses", "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}
            for event in (foreign, ours)
        ]
        assert events.put_events(Entries=entries)["FailedEntryCount"] == 0
        dead, _ = dead_letters(shop)
        body = move_back(shop, dead, lambda body: email["MessageId"] in body)
    finally:
        events.put_rule(Name=rule["Name"], EventPattern=pattern)
    parsed = json.loads(body)
    assert order["email"] not in body
    assert (parsed["bounced"]["type"], parsed["bounced"]["subtype"]) == ("Permanent", "General")
    assert parse_message(parsed) == (message, email["MessageId"])
    assert "Messages" not in shop.stack.client("sqs").receive_message(QueueUrl=dead)
    deadline = time.monotonic() + PATIENCE_S
    while len(shop.emails(order["email"], "Your order")) == 1 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(shop.emails(order["email"], "Your order")) == 2
