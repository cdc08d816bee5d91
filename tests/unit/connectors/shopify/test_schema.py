"""Every document against the schemas that Shopify publishes: the version that is called, and the one before it."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    validate,
    visit,
)

from chalicelib.connectors.shopify import consent, documents, orders, words
from tests.support.shopify.execution import cost_of
from tests.support.shopify.schema import schema, scopes_of_types, stable_versions

pytestmark = pytest.mark.xdist_group("shopify")
VARIABLES: dict[str, Any] = {"first": orders.FIRST_SIZE, "counted": True, "allFulfillments": True}


class Fields(Visitor):
    """The fields that a document asks for, as `Order.name`."""

    def __init__(self, document: str, version: GraphQLSchema) -> None:
        super().__init__()
        self.found: dict[str, GraphQLField] = {}
        self._info = TypeInfo(version)
        visit(parse(document), TypeInfoVisitor(self._info, self))

    def enter_field(self, node: Any, *_: Any) -> None:
        field = self._info.get_field_def()
        if field is not None:
            self.found[f"{self._info.get_parent_type()}.{node.name.value}"] = field


def versions() -> list[str]:
    newest = stable_versions().index(documents.API_VERSION)
    return stable_versions()[newest - 1 : newest + 1]


def test_the_version_called_is_the_newest_that_is_published() -> None:
    assert stable_versions()[-1] == documents.API_VERSION
    assert len(versions()) == 2


@pytest.mark.parametrize("name", documents.names())
def test_documents_are_valid_and_use_nothing_deprecated(name: str) -> None:
    for version in versions():
        assert validate(schema(version), parse(documents.document(name))) == [], version
        fields = Fields(documents.document(name), schema(version)).found
        assert {field for field, kind in fields.items() if kind.deprecation_reason} == set(), version


@pytest.mark.parametrize("name", documents.names())
def test_a_call_costs_at_most_900(name: str) -> None:
    cost = cost_of(schema(documents.API_VERSION), documents.document(name), VARIABLES)
    assert 0 < cost <= orders.MAX_COST


def test_scopes_suffice_and_none_is_asked_for_in_vain() -> None:
    needed = scopes_of_types(documents.API_VERSION)
    used: set[str] = set()
    for name in documents.names():
        for field, kind in Fields(documents.document(name), schema(documents.API_VERSION)).found.items():
            used |= {field, get_named_type(kind.type).name}
    wanted = {name: needed[name] for name in used if name in needed}
    assert {name for name, scopes in wanted.items() if not set(scopes) & set(consent.SCOPES)} == set()
    assert set(consent.SCOPES) <= {scope for scopes in wanted.values() for scope in scopes}


@pytest.mark.parametrize(
    ("enum", "table"),
    [
        ("OrderDisplayFinancialStatus", words.PAYMENT),
        ("OrderDisplayFulfillmentStatus", words.FULFILLMENT),
        ("FulfillmentDisplayStatus", words.SHIPMENT),
    ],
)
def test_every_word_of_shopify_has_one_of_ours(enum: str, table: dict[str, str]) -> None:
    known: set[str] = set()
    for version in versions():
        kind = schema(version).type_map[enum]
        assert isinstance(kind, GraphQLEnumType)
        known |= set(kind.values)
    assert known == set(table)
