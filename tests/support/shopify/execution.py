"""Executes documents against Shopify's own schema over the double's objects."""

import base64
import json
from functools import cache
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLResolveInfo, GraphQLSchema, get_named_type, parse, validate
from graphql.execution import execute_sync

from tests.support.shopify.cost import Costs


class Invalid(Exception):
    """The document is not valid in this version."""


@cache
def _valid(schema: GraphQLSchema, text: str) -> DocumentNode:
    document = parse(text)
    if errors := validate(schema, document):
        raise Invalid(errors[0].message)
    return document


def cost_of(schema: GraphQLSchema, text: str, variables: dict[str, Any]) -> int:
    return Costs(schema, _valid(schema, text), variables).total()


def run(schema: GraphQLSchema, text: str, variables: dict[str, Any], root: object) -> ExecutionResult:
    """`root` has a method for each field of the query and mutation types that it knows."""
    result = execute_sync(
        schema, _valid(schema, text), root_value=root, variable_values=variables, field_resolver=_resolve
    )
    assert isinstance(result, ExecutionResult)
    return result


def _resolve(source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
    if not isinstance(source, dict):
        return getattr(source, info.field_name)(**arguments)
    value = source.get(info.field_name)
    if isinstance(value, list) and get_named_type(info.return_type).name.endswith("Connection"):
        return connection(value, arguments)
    if isinstance(value, list) and arguments.get("first") is not None:
        return value[: arguments["first"]]
    return value


def connection(nodes: list[Any], arguments: dict[str, Any], sort_key: Any = None) -> dict[str, Any]:
    """A page of the nodes after the cursor. A cursor names a place in the order of the sort key, not a position, so
    that nodes which move meanwhile shift no others."""
    keyed = [(sort_key(node) if sort_key else [position], node) for position, node in enumerate(nodes)]
    if arguments.get("after"):
        after = json.loads(base64.b64decode(arguments["after"]))
        keyed = [(key, node) for key, node in keyed if list(key) > after]
    page = keyed[: arguments["first"]]
    cursors = [base64.b64encode(json.dumps(list(key)).encode()).decode() for key, _ in page]
    return {
        "nodes": [node for _, node in page],
        "edges": [{"node": node, "cursor": cursor} for (_, node), cursor in zip(page, cursors, strict=True)],
        "pageInfo": {"hasNextPage": len(keyed) > len(page), "endCursor": cursors[-1] if cursors else None},
    }
