"""A provider that the product does not know: one module more, and nothing else, makes its reports arrive."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.kit import clock
from chalicelib.kit.queues import each_message
from chalicelib.kit.settings import settings
from chalicelib.outbound.caller import Answer
from chalicelib.tracking_feeds import registering
from chalicelib.tracking_providers import bundled, registry
from tests.support.easypost import shown
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.pipeline import Pipeline
from tests.support.storefront import Storefront

MODULE = """
import json
from chalicelib.tracking_providers.provider import Call, Forged, Provider, Report

def _register(api_key, number, carrier):
    return Call("PUT", f"https://parcelbird.example/{number}", {"X-Key": api_key}, {"by": carrier})

def _read_hook(headers, body, secret):
    if headers.get("x-bird") != secret:
        raise Forged
    said = json.loads(body)
    scan = {"status": said["state"], "checkpoint_time": said["at"]}
    return Report(said["number"], None, said["state"], said["at"], [scan])

PROVIDER = Provider(register=_register, read_answer=lambda status, body: None, read_hook=_read_hook)
"""


@pytest.fixture
def parcelbird(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "parcelbird.py").write_text(MODULE)
    monkeypatch.setattr(bundled, "__path__", [*bundled.__path__, str(tmp_path)])
    yield
    sys.modules.pop(f"{bundled.__name__}.parcelbird", None)


def test_its_name_is_unknown_without_its_module(acme: Acme) -> None:
    change = {"settings": {"trackingProvider": {"name": "parcelbird", "apiKey": "k"}}}
    assert acme.server.patch(f"{EMBED}/config", change).status == 422


def test_one_module_is_all_it_takes(parcelbird: None, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    assert registry.names() == ("easypost", "parcelbird")
    asked = []

    class Network:
        def call(self, method: str, url: str, body: bytes, headers: dict[str, str], seconds: float) -> Answer:
            asked.append((method, url, json.loads(body), headers["X-Key"]))
            return Answer(200, {}, b"")

    monkeypatch.setattr(registering, "_caller", Network)
    provider = {"name": "parcelbird", "apiKey": "k-1", "webhookSecret": "s-1"}
    config = acme.configure(settings={"trackingProvider": provider})
    path = config["tracking_webhook_url"].removeprefix("https://api.example.com")
    shop, pipeline = Storefront(acme), Pipeline()
    shop.sync([], [{"external_id": "S-1", "tracking_number": "PB1", "carrier": "bird", "status": "label_created"}])
    pipeline.dispatch()
    pipeline.drain(settings().tracking_queue_url, lambda batch: each_message(batch, registering.handle))
    assert asked == [("PUT", "https://parcelbird.example/PB1", {"by": "bird"}, "k-1")]

    body = json.dumps({"number": "PB1", "state": "out_for_delivery", "at": clock.timestamp()})
    assert Client().post(path, body, X_Bird="wrong").code == "hook_forged"
    assert Client().post(path, body, X_Bird="s-1").status == 202
    (view,) = shown(shop.session.client)
    assert (view["status"], len(view["checkpoints"])) == ("out_for_delivery", 1)
