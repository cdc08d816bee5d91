"""Settings: one table that validation, OpenAPI and the documentation follow."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chalicelib.api.documents import openapi
from chalicelib.organizations.known_settings import SETTINGS, find_unknown, known_settings
from chalicelib.organizations.store import ConfigItem
from tests.support.factories import EMBED, Acme

PAGE = Path(__file__).parents[3] / "docs/settings.md"


def row(name: str) -> str:
    setting = SETTINGS[name]
    type_name = setting.type
    if setting.choices:
        type_name = ", ".join(f"`{choice}`" for choice in setting.choices)  # type: ignore[assignment]
    elif setting.minimum is not None and setting.type == "integer":
        type_name = f"integer, {setting.minimum} to {setting.maximum}"  # type: ignore[assignment]
    default = "" if setting.default is None else f"`{json.dumps(setting.default).strip(chr(34))}`"
    return f"| `{name}` | {type_name} | {default} | {setting.description} |"


def test_the_page_has_every_setting() -> None:
    assert re.findall(r"^\| `.*$", PAGE.read_text(), re.MULTILINE) == [row(name) for name in SETTINGS]


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("name", "similar"),
        [
            ("maxBridgePerUser", "maxBridgesPerUser"),
            ("max_bridges_per_user", "maxBridgesPerUser"),
            ("STOREFRONTEMAILS", "storefrontEmails"),
            ("webhookURL", "webhookUrl"),
            ("identityVerificaton", "identityVerification"),
        ],
    )
    def test_are_stored_with_a_warning_that_names_the_nearest(self, acme: Acme, name: str, similar: str) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {name: 1, "redactBridgeConfig": True}})
        assert reply.status == 200
        assert reply.data["settings"][name] == 1
        [warning] = reply.json["warnings"]
        assert warning["field"] == f"settings.{name}"
        assert warning["message"].endswith(f"Did you mean {similar}?")

    def test_unlike_any_other_get_no_suggestion(self) -> None:
        assert find_unknown({"colour": 1}) == [
            ("settings.colour", "is not a known setting. It is stored, but has no effect.")
        ]

    def test_of_known_and_removed_settings_there_are_none(self, acme: Acme) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {"maxBridgesPerUser": 5, "unknown": None}})
        assert reply.json["warnings"] == []

    @pytest.mark.parametrize("name", ["x" * 7000, "", "{}", "settings"])
    def test_may_be_anything(self, acme: Acme, name: str) -> None:
        reply = acme.server.patch(f"{EMBED}/config", {"settings": {name: True}})
        assert (reply.status, len(reply.json["warnings"])) == (200, 1)
        assert len(reply.text) < 30_000


class TestDefaults:
    def test_hold_for_an_empty_config(self) -> None:
        settings = known_settings(ConfigItem(settings={}))
        assert settings.max_bridges_per_user == 100
        assert settings.tracking_page_ttl_days == 90
        assert not settings.identity_required

    def test_are_valid(self) -> None:
        assert [name for name, s in SETTINGS.items() if s.default is not None and s.problem(s.default)] == []


class TestSchema:
    @pytest.mark.parametrize(
        ("settings", "valid"),
        [
            ({"maxBridgesPerUser": 5, "ours": {"a": 1}}, True),
            ({"maxBridgesPerUser": None, "identityVerification": None}, True),
            ({"maxBridgesPerUser": 0}, False),
            ({"maxBridgesPerUser": "5"}, False),
            ({"identityVerification": "maybe"}, False),
            ({"redactBridgeConfig": 1}, False),
        ],
    )
    def test_is_as_strict_as_the_code(self, acme: Acme, settings: dict[str, Any], valid: bool) -> None:
        schemas = openapi()["components"]["schemas"]
        schema = {"$ref": "#/components/schemas/ConfigUpdate", "components": {"schemas": schemas}}
        is_valid = jsonschema.Draft202012Validator(schema).is_valid({"settings": settings})
        assert (is_valid, acme.server.patch(f"{EMBED}/config", {"settings": settings}).status == 200) == (valid, valid)
