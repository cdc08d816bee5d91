"""Exporting and deleting an organization with the real engine, its indexes and its batch writes."""

import json
from typing import Any

from benchmarks import dynamodb_local, seed
from chalicelib.operations.deletion import delete_organization
from chalicelib.operations.exporting import export
from chalicelib.operations.item_types import ORGANIZATION_TYPES, type_of
from tests.support.factories import Acme
from tests.support.full_world import populate
from tests.support.world import World

Item = tuple[str, str]


def stored(endpoint: str, *texts: str) -> dict[Item, Any]:
    pages = dynamodb_local.client(endpoint).get_paginator("scan").paginate(TableName=seed.TABLE)
    rows = [row for page in pages for row in page["Items"] if any(text in json.dumps(row) for text in texts)]
    return {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}


def test_everything_is_exported_and_deleted_and_nothing_else(endpoint: str) -> None:
    world = World.of(Acme.create())
    populate(world)
    org, other = world.acme.organization_id, world.stranger.organization_id
    untouched, own = stored(endpoint, other), stored(endpoint, org)
    types = {found.label for row in own.values() if (found := type_of(row)) is not None}
    assert {each.label for each in ORGANIZATION_TYPES} - types == {"NotificationCounts"}
    exported = {(record["pk"], record["sk"]) for batch in export(org) for record in batch.records}
    assert set(own) <= exported
    assert not exported & set(untouched)
    done = delete_organization(org, sleep=lambda _: None)
    assert done.is_complete
    assert stored(endpoint, org, world.owner.end_user_id, world.acme.config["slug"]) == {}
    assert stored(endpoint, other) == untouched
