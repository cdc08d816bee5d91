"""Exports contain, and deletions remove, every item of an organization, and nothing of another's."""

import itertools
import json
from typing import Any

import pytest

from chalicelib.kit import codec
from chalicelib.operations import deletion
from chalicelib.operations.deletion import delete_organization
from chalicelib.operations.exporting import export
from chalicelib.table import batch_write
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.full_world import populate
from tests.support.world import World

Item = tuple[str, str]


@pytest.fixture
def world(acme: Acme) -> World:
    world = World.of(acme)
    populate(world)
    return world


def stored(*texts: str) -> dict[Item, Any]:
    """All items in which one of the texts occurs, by their keys."""
    rows = [row for row in everything() if any(text in json.dumps(row) for text in texts)]
    return {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}


def exported(organization_id: str, position: Any = None) -> list[dict[str, Any]]:
    return [record for batch in export(organization_id, position) for record in batch.records]


def key_of(record: dict[str, Any]) -> Item:
    return record["pk"], record["sk"]


class TestExport:
    def test_contains_every_item_of_the_organization_and_no_other(self, world: World) -> None:
        records = exported(world.acme.organization_id)
        wanted = set(stored(world.acme.organization_id)) | {key for key in stored() if key[0].startswith("TPT#")}
        assert {key_of(record) for record in records} == wanted
        assert world.stranger.organization_id not in codec.dumps(records)

    def test_contains_no_secret(self, world: World) -> None:
        text = codec.dumps(exported(world.acme.organization_id))
        rows = stored(world.acme.organization_id).values()
        names = ("hash", "secret", "old_secret", "identity_secret", "webhook_secret", "config", "answer", "k")
        secrets = [row[name]["S"] for row in rows for name in names if name in row and row["sk"]["S"] != "CONFIG#"]
        assert len(secrets) > 15
        assert [secret for secret in secrets if len(secret) > 10 and secret in text] == []
        assert world.acme.api_key not in text
        assert '"secrets_left_out":["config"]' in text

    def test_continues_at_every_position(self, world: World) -> None:
        org = world.acme.organization_id
        batches = list(export(org))
        everything_once = {key_of(record) for batch in batches for record in batch.records}
        positions = [json.loads(json.dumps(batch.position)) for batch in batches]
        for number in range(0, len(batches), 7):
            before = {key_of(record) for batch in batches[: number + 1] for record in batch.records}
            after = {key_of(record) for record in exported(org, positions[number])}
            assert before | after == everything_once

    def test_values_are_decoded(self, world: World) -> None:
        [config] = [record for record in exported(world.acme.organization_id) if record["type"] == "Config"]
        assert config["data"]["slug"] == world.acme.config["slug"]
        assert isinstance(config["data"]["enabled_features"], list)
        assert config["secrets_left_out"] == [
            "identity_secret",
            "old_identity_secrets",
            "old_tracking_tokens",
            "webhook_secret",
        ]


class TestDeletion:
    def test_leaves_no_item_that_names_the_organization(self, world: World) -> None:
        org, other = world.acme.organization_id, world.stranger.organization_id
        untouched = stored(other)
        people = {world.owner.end_user_id, world.neighbour.end_user_id}
        number = len(stored(org))
        done = delete_organization(org, sleep=lambda _: None)
        assert done.is_complete
        assert done.total >= number
        assert set(stored(org, *people, world.acme.config["slug"])) == set()
        assert stored(other) == untouched
        kept = ("RATE#", "SERVERKEY", "SLUGWAS#", "SVC#", "SVCTYPE#")
        assert [key for key in stored("") if key not in untouched and not key[0].startswith(kept)] == []

    def test_may_die_anywhere_and_be_started_again(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        org = world.acme.organization_id
        write_many = batch_write.write_many

        class Died(Exception):
            pass

        for survived in itertools.chain(range(0, 40, 3), [None]):
            calls = itertools.count()

            def dying(*arguments: Any, survived: int | None = survived, calls: Any = calls, **named: Any) -> None:
                if survived is not None and next(calls) >= survived:
                    raise Died
                write_many(*arguments, **named)

            monkeypatch.setattr(deletion, "write_many", dying)
            try:
                delete_organization(org, sleep=lambda _: None)
            except Died:
                continue
            break
        assert stored(org) == {}

    def test_reports_what_was_deleted_and_finds_nothing_again(self, world: World) -> None:
        org = world.acme.organization_id
        seen: list[int] = []
        done = delete_organization(org, lambda report: seen.append(report.total), sleep=lambda _: None)
        assert done.deleted["Order"] >= 2
        assert done.deleted["Organization"] == 1
        assert seen == sorted(seen)
        again = delete_organization(org, sleep=lambda _: None)
        assert (again.total, again.is_complete, again.passes) == (0, True, 1)

    def test_ends_every_credential_first(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def statuses(*_: Any) -> Any:
            assert world.acme.server.get("/api/v1/api-keys").status == 403
            assert world.owner.client.get("/api/v1/embed/bridges").status == 403
            return iter(())

        monkeypatch.setattr(deletion, "walk", statuses)
        delete_organization(world.acme.organization_id, sleep=lambda _: None)
