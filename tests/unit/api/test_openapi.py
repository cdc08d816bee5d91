"""The OpenAPI document is valid and complete, and its examples match the code and the documentation.

`documented.json` has what the documentation prints, as it prints it: `uuid` for an id, `[...]` for a list left out.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate as validate_document

from chalicelib.api.documents import openapi_text
from chalicelib.api.error_codes import CODES
from chalicelib.api.openapi_events import TEST as TEST_EVENT
from chalicelib.api.routing import endpoints
from chalicelib.events.store import EventItem
from chalicelib.events.types import DELIVERED, ORGANIZATION_ONLY, SUBSCRIBABLE
from chalicelib.http.bodies import validate
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.kit.ids import is_id
from chalicelib.orders.record import OrderRecord
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.table import keys
from chalicelib.table.reads import query_all
from chalicelib.tracking_feeds import scheduling
from chalicelib.webhooks.destinations import body_of
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order, shipment

Json = dict[str, Any]


DOCUMENT: Json = json.loads(openapi_text())
PRINTED: Json = json.loads(Path(__file__).with_name("documented.json").read_text())
JSON = "application/json"
# Its response has no schema.
WITHOUT_EXAMPLE = {"openapi"}


def operation(endpoint: Endpoint) -> Json:
    found: Json = DOCUMENT["paths"][endpoint.paths[0]][endpoint.method.lower()]
    return found


def printed_operation(route: str) -> Json:
    """Our operation for a route as the documentation writes it. Path variables may have other names."""
    method, _, path = route.partition(" ")
    pattern = re.compile(re.sub("{[^}]*}", "{[^}]*}", path))
    (found,) = [
        operations[method.lower()]
        for candidate, operations in DOCUMENT["paths"].items()
        if pattern.fullmatch(candidate) and method.lower() in operations
    ]
    return dict(found)


def values(media: Json) -> list[Any]:
    return [example["value"] for example in media.get("examples", {}).values()]


def answers(of: Json, status: int) -> list[Any]:
    return values(of["responses"][str(status)]["content"][JSON])


def differences(printed: Any, ours: Any, where: str = "$") -> Iterator[str]:
    """Paths where ours lacks a printed value or differs from it. Ours may have more members."""
    if isinstance(printed, dict) and isinstance(ours, dict):
        for name, value in printed.items():
            if name in ours:
                yield from differences(value, ours[name], f"{where}.{name}")
            else:
                yield f"{where}.{name} is missing"
    elif isinstance(printed, list) and isinstance(ours, list) and len(printed) == len(ours):
        for number, (left, right) in enumerate(zip(printed, ours, strict=True)):
            yield from differences(left, right, f"{where}[{number}]")
    elif not (printed == ours or stands_for(printed, ours)):
        yield f"{where}: {printed!r} is printed, not {ours!r}"


def stands_for(printed: Any, ours: Any) -> bool:
    match printed:
        case "uuid":
            return isinstance(ours, str) and is_id(ours)
        case "[...]":
            return isinstance(ours, list)
        case "https://...":
            return isinstance(ours, str) and ours.startswith("https://")
    return False


def check(value: Any, schema: Json) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    validator = jsonschema.Draft202012Validator
    jsonschema.validate(value, whole, cls=validator, format_checker=validator.FORMAT_CHECKER)


TYPED = {"type", "$ref", "anyOf", "const", "enum"}


def untyped(part: Any, where: str = "") -> Iterator[str]:
    """Properties and parameters without a type or a description."""
    if isinstance(part, list):
        for number, one in enumerate(part):
            yield from untyped(one, f"{where}[{number}]")
    if not isinstance(part, dict):
        return
    schemas = {**(part["properties"] if isinstance(part.get("properties"), dict) else {})}
    schemas |= {str(number): option for number, option in enumerate(part.get("anyOf", ()))}
    for name, schema in schemas.items():
        if isinstance(schema, dict) and not TYPED & schema.keys() and "description" not in schema:
            yield f"{where}.{name}"
    for name, one in part.items():
        if name not in ("examples", "example", "default"):
            yield from untyped(one, f"{where}.{name}")


class TestDocument:
    def test_is_valid(self) -> None:
        validate_document(DOCUMENT)

    def test_has_every_route_and_no_other(self) -> None:
        declared = {(path, endpoint.method.lower()) for endpoint in endpoints() for path in endpoint.paths}
        assert {(path, method) for path, operations in DOCUMENT["paths"].items() for method in operations} == declared

    def test_names_every_operation_once(self) -> None:
        names = [one["operationId"] for operations in DOCUMENT["paths"].values() for one in operations.values()]
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_matches_the_declaration(self, endpoint: Endpoint) -> None:
        declared = operation(endpoint)
        assert declared.get("x-scope") == endpoint.scope
        assert tuple(declared.get("x-features", ())) == endpoint.features
        assert bool(declared["security"]) is (endpoint.auth not in (Auth.PUBLIC, Auth.PUBLISHABLE_KEY))
        parameters = {(parameter["in"], parameter["name"]) for parameter in declared.get("parameters", ())}
        assert {name for where, name in parameters if where == "path"} == set(re.findall("{([^}]*)}", endpoint.path))
        assert {("header", name) for name, _ in endpoint.headers} <= parameters
        assert (("header", "Idempotency-Key") in parameters) is endpoint.idempotent
        if endpoint.query is not None:
            fields = endpoint.query.model_fields.items()
            assert {("query", field.alias or name) for name, field in fields} <= parameters
        assert ("requestBody" in declared) is (endpoint.body is not None)
        assert {str(endpoint.status), *map(str, endpoint.errors), "429", "500"} <= declared["responses"].keys()
        limited = "RateLimit-Remaining" in declared["responses"][str(endpoint.status)]["headers"]
        assert limited is bool(endpoint.limits)

    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_names_the_codes_of_every_error(self, endpoint: Endpoint) -> None:
        for status, answer in operation(endpoint)["responses"].items():
            if status >= "400" and not (status == "403" and endpoint.auth in (Auth.SERVICE, Auth.API_KEY)):
                assert answer["x-codes"], status
            for code in answer.get("x-codes", ()):
                assert CODES[code.lower()][0] == int(status)

    def test_gives_everything_a_type(self) -> None:
        assert list(untyped(DOCUMENT["paths"])) + list(untyped(DOCUMENT["components"]["schemas"])) == []

    def test_describes_the_records_of_the_sync_api(self) -> None:
        """The body schema accepts any list, but the document describes the records."""
        body = DOCUMENT["components"]["schemas"]["SyncBody"]["properties"]
        for kind, record in (("orders", OrderRecord), ("shipments", ShipmentRecord)):
            assert body[kind]["items"] == {"$ref": f"#/components/schemas/{record.__name__}"}
            check({"external_id": "1"}, body[kind]["items"])
        order = {"external_id": "1", "status": "shipped", "totals": {"total": 1.5, "tax": "0.10"}, "currency": "usd"}
        check(order, body["orders"]["items"])
        for wrong in ({"status": "sent"}, {"external_id": ""}, {"totals": {"total": True}}, {"currency": "euro"}):
            with pytest.raises(jsonschema.ValidationError):
                check({"external_id": "1", **wrong}, body["orders"]["items"])

    def test_names_the_deployment_as_its_server(self) -> None:
        served = Client().get("/openapi.json").json
        assert served["servers"][0]["url"] == "https://api.example.com"
        assert {**served, "servers": 0} == {**json.loads(openapi_text(), parse_float=Decimal), "servers": 0}

    def test_has_no_defaults_that_make_optional_fields_required(self) -> None:
        """TypeScript generators treat a field with a default as always present."""

        def with_default(part: Any) -> Iterator[Any]:
            if isinstance(part, dict):
                if isinstance(part.get("properties"), dict):
                    yield from (name for name, each in part["properties"].items() if "default" in each)
                for each in part.values():
                    yield from with_default(each)
            elif isinstance(part, list):
                for each in part:
                    yield from with_default(each)

        assert list(with_default(DOCUMENT["components"])) == []

    def test_enumerates_event_types_and_error_codes(self) -> None:
        schemas = DOCUMENT["components"]["schemas"]
        assert schemas["SubscribableEvent"]["enum"] == list(SUBSCRIBABLE)
        assert schemas["Error"]["properties"]["error"]["properties"]["code"]["enum"] == list(CODES)
        named = [
            (name, json.dumps(schema["properties"][field]))
            for name, schema in schemas.items()
            for field in ("event_type", "eventType", "events")
            if field in schema.get("properties", {})
        ]
        assert len(named) > 8
        assert [name for name, text in named if not re.search("/(EventType|SubscribableEvent)", text)] == []

    def test_is_generated_only_on_request(self) -> None:
        unwanted = ("chalicelib.api.openapi", "chalicelib.api.documents", "chalicelib.api.error_codes")
        code = f"import sys, app; print([name for name in {unwanted!r} if name in sys.modules])"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "[]"


class TestWebhooks:
    def test_are_those_that_a_webhook_can_receive(self) -> None:
        assert set(DOCUMENT["webhooks"]) == {*SUBSCRIBABLE, *ORGANIZATION_ONLY, "alert.triggered", TEST_EVENT}

    @pytest.mark.usefixtures("cloud")
    def test_have_the_bodies_that_are_delivered(self, acme: Acme) -> None:
        seen = set()
        for event in events_of_every_type(acme):
            body = json.loads(body_of(acme.organization_id, event))
            media = DOCUMENT["webhooks"][event["type"]]["post"]["requestBody"]["content"][JSON]
            check(body, media["schema"])
            seen.add(event["type"])
        assert seen >= {*SUBSCRIBABLE, "end_user.created", "action_request.created", "action_request.cancelled"}


def events_of_every_type(acme: Acme) -> Iterator[dict[str, Any]]:
    merchant = Merchant.of(acme)
    merchant.sync(order(), shipments=[shipment(status="pending", estimated_delivery=None)], completed=True)
    checkpoint = {"status": "In transit", "checkpoint_time": "2026-11-20T10:00:00Z", "city": "Berlin"}
    merchant.sync(order(status="shipped"), shipments=[shipment(status="in_transit", checkpoints=[checkpoint])])
    for day in ("2026-01-10", "2026-01-11"):
        merchant.sync(shipments=[shipment(status="in_transit", estimated_delivery=day)])
    scheduling.run()
    merchant.sync(shipments=[shipment(status="exception")])
    merchant.sync(shipments=[shipment(status="delivered")])
    request = {"orderId": merchant.order()["id"], "actionType": "cancel", "title": "Cancel"}
    created = merchant.client.post(f"{EMBED}/action-requests", request).data
    merchant.client.delete(f"{EMBED}/action-requests/{created['id']}")
    merchant.client.patch(f"{EMBED}/bridges/{merchant.bridge_id}", {"status": "paused"})
    for end_user_id in (merchant.session.end_user_id, None):
        for row in query_all(keys.events_of(acme.organization_id, end_user_id), limit=200):
            item = EventItem.of(row)
            if item.event_type in DELIVERED:
                yield {
                    "id": item.id,
                    "type": item.event_type,
                    "end_user_id": end_user_id,
                    "created_at": item.created_at,
                    "data": item.data,
                }


class TestExamples:
    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_every_operation_has_one(self, endpoint: Endpoint) -> None:
        declared = operation(endpoint)
        if endpoint.content_type == JSON and endpoint.name not in WITHOUT_EXAMPLE:
            assert answers(declared, endpoint.status)
        if endpoint.body is not None:
            assert values(declared["requestBody"]["content"][JSON])
        for parameter in declared.get("parameters", ()):
            assert "example" in parameter or parameter["in"] != "path", parameter["name"]

    @pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
    def test_they_match_the_schemas_and_the_code(self, endpoint: Endpoint) -> None:
        declared = operation(endpoint)
        if endpoint.content_type == JSON:
            media = declared["responses"][str(endpoint.status)]["content"][JSON]
            for value in values(media):
                check(value, media["schema"])
        if endpoint.body is not None:
            media = declared["requestBody"]["content"][JSON]
            for value in values(media):
                check(value, media["schema"])
                validate(endpoint.body, value)
        given = [parameter for parameter in declared.get("parameters", ()) if "example" in parameter]
        for parameter in given:
            check(parameter["example"], parameter["schema"])
        if endpoint.query is not None:
            endpoint.query.model_validate({p["name"]: str(p["example"]) for p in given if p["in"] == "query"})

    @pytest.mark.parametrize("route", PRINTED)
    def test_they_match_the_documentation(self, route: str) -> None:
        printed, declared = PRINTED[route], printed_operation(route)
        if "response" in printed:
            found = [list(differences(printed["response"], ours)) for ours in answers(declared, printed["status"])]
            assert [] in found, found
        if "request" in printed:
            (ours,) = values(declared["requestBody"]["content"][JSON])
            assert ours == printed["request"]
        for name, value in printed.get("query", {}).items():
            (example,) = [p["example"] for p in declared["parameters"] if (p["in"], p["name"]) == ("query", name)]
            assert str(example) == value, name
