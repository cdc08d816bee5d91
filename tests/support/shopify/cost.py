"""What Shopify reserves for a call: an object 1, a list as many objects as it asks for, a connection 2 more, a mutation
10. Shopify says "a connection is sized by first and last"; this counts it without the discounts that it may give."""

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)
from graphql.pyutils import is_iterable
from graphql.type import is_list_type, is_non_null_type

MAX_COST = 1000


class Costs:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        definitions = document.definitions
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        (self._operation,) = [node for node in definitions if isinstance(node, OperationDefinitionNode)]

    def total(self) -> int:
        if self._operation.operation.value == "mutation":
            root = self._schema.mutation_type
            assert root is not None
            return self._selections(self._operation.selection_set, root, 1) + 9 * len(
                self._operation.selection_set.selections
            )
        assert self._schema.query_type is not None
        return self._selections(self._operation.selection_set, self._schema.query_type, 1)

    def _selections(self, selections: SelectionSetNode | None, parent: Any, size: int) -> int:
        """`size`: how many nodes the connection has that these are the fields of."""
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FragmentSpreadNode):
                total += self._selections(self._fragments[node.name.value].selection_set, parent, size)
            elif isinstance(node, FieldNode) and not self._is_skipped(node):
                total += self._field(node, parent, size)
        return total

    def _field(self, node: FieldNode, parent: GraphQLObjectType, size: int) -> int:
        kind = parent.fields[node.name.value].type
        named = get_named_type(kind)
        if is_leaf_type(named):
            return 0
        first = self._first(node)
        if named.name.endswith("Connection"):
            return 2 + self._selections(node.selection_set, named, first or 1)
        children = self._selections(node.selection_set, named, 1)
        if node.name.value == "edges":
            return size * children
        if node.name.value == "nodes":
            return size * (1 + children)
        kind = kind.of_type if is_non_null_type(kind) else kind
        return ((first or 1) if is_list_type(kind) else 1) * (1 + children)

    def _first(self, node: FieldNode) -> int | None:
        for argument in node.arguments:
            if argument.name.value == "first":
                if isinstance(argument.value, IntValueNode):
                    return int(argument.value.value)
                if isinstance(argument.value, VariableNode):
                    return int(self._variables[argument.value.name.value])
        return None

    def _is_skipped(self, node: FieldNode) -> bool:
        for directive in node.directives:
            value = directive.arguments[0].value
            if directive.name.value == "include" and isinstance(value, VariableNode):
                return not self._variables[value.name.value]
        return False


def actual_cost(data: Any) -> int:
    """What a call is charged in the end: the objects it returned."""
    if isinstance(data, dict):
        return 1 + sum(actual_cost(value) for value in data.values())
    return sum(actual_cost(value) for value in data) if is_iterable(data) and not isinstance(data, str) else 0
