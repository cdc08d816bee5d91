"""The registry of item types is complete, and knows every stored item by its key."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import chalicelib
from chalicelib.operations.item_types import (
    DEPLOYMENT_TYPES,
    DERIVED_KEYS,
    INDEX_KEYS,
    ORGANIZATION_TYPES,
    type_of,
)
from chalicelib.records.store import SyncedItem
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.full_world import populate
from tests.support.world import World

BASES = {SyncedItem}
REGISTERED = (*ORGANIZATION_TYPES, *DEPLOYMENT_TYPES)


def subclasses(model: type[Any]) -> Iterator[type[Any]]:
    for each in model.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_item_class_is_registered() -> None:
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        importlib.import_module(module.name)
    own = {model for model in subclasses(Item) if model.__module__.startswith("chalicelib.")}
    assert own - BASES == {each.model for each in REGISTERED} - {Item}


def test_every_key_function_is_registered() -> None:
    functions = {
        function
        for name, function in inspect.getmembers(keys, inspect.isfunction)
        if inspect.signature(function, eval_str=True).return_annotation in (Key, Key | None)
    }
    registered = [function for each in REGISTERED for function in each.keys]
    assert functions == {*registered, *INDEX_KEYS, *DERIVED_KEYS}


def test_secrets_are_attributes_of_their_type() -> None:
    unknown = [(each.label, name) for each in REGISTERED for name in each.secrets if not hasattr(each.model, name)]
    assert unknown == []


def test_attributes_that_sound_like_secrets_are_secret() -> None:
    sounds = ("hash", "secret", "ciphertext", "password", "fingerprint")
    exported = [
        f"{each.label}.{name}"
        for each in ORGANIZATION_TYPES
        for name in each.model.get_attributes()
        if any(sound in name for sound in sounds) and name not in each.secrets
    ]
    assert exported == ["Webhook.old_secret_until"]


@pytest.fixture
def world(acme: Acme) -> World:
    world = World.of(acme)
    populate(world)
    return world


def test_every_stored_item_has_a_type_and_the_full_world_has_every_type(world: World) -> None:
    found = [(row, type_of(row)) for row in everything()]
    assert [(row["pk"], row["sk"]) for row, kind in found if kind is None] == []
    missing = {each.label for each in ORGANIZATION_TYPES} - {kind.label for _, kind in found if kind is not None}
    # Its counters are part of the end user's.
    assert missing == {"NotificationCounts"}
