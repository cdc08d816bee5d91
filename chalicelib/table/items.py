"""The base of every stored item, and the attribute types that pynamodb lacks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self

from pynamodb.attributes import Attribute, UnicodeAttribute
from pynamodb.connection import TableConnection
from pynamodb.constants import NUMBER, STRING
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.kit import codec
from chalicelib.kit.settings import settings
from chalicelib.table.connection import table
from chalicelib.table.keys import Key, listing_of

Row = dict[str, dict[str, Any]]
"""An item as DynamoDB sends it: `{"name": {"S": "…"}}`."""


class IntegerAttribute(Attribute[int]):
    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        return str(int(value))

    def deserialize(self, value: str) -> int:
        return int(Decimal(value))


class DocumentAttribute(Attribute[Any]):
    """A JSON value kept as text: one attribute, decoded once, money as Decimal, and smaller than a map of maps."""

    attr_type = STRING

    def serialize(self, value: Any) -> str:
        return codec.dumps(value)

    def deserialize(self, value: str) -> Any:
        return codec.loads(value)


class JsonTail(str):
    """A JSON object's text without its opening brace: `"a":1,"b":2}`.

    Orders and shipments store their list shape in this form. A list responds with the stored text unchanged; members
    that the item's keys already contain (id, status, …) are not stored twice, but put in front by `complete`.
    """

    __slots__ = ()

    @classmethod
    def of(cls, members: Mapping[str, Any]) -> Self:
        """`members` must not be empty: something has to follow the members that `complete` puts in front."""
        return cls(codec.dumps(members)[1:])

    def members(self) -> dict[str, Any]:
        decoded: dict[str, Any] = codec.loads(f"{{{self}")
        return decoded

    def updated(self, **changes: Any) -> Self:
        return self.of({**self.members(), **changes})

    def complete(self, **leading: str) -> str:
        """The whole object as JSON. `leading` values are ids, status words and timestamps: nothing to escape."""
        front = ",".join([f'"{name}":"{value}"' for name, value in leading.items()])
        return f"{{{front},{self}"


class JsonTailAttribute(Attribute[JsonTail]):
    attr_type = STRING

    def serialize(self, value: JsonTail) -> str:
        return str(value)

    def deserialize(self, value: str) -> JsonTail:
        return JsonTail(value)


class Item(Model):
    """Subclasses declare their own attributes. Keys come from `chalicelib.table.keys`, through `at`."""

    class Meta:
        table_name: ClassVar[str] = settings().table_name

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    g1pk = UnicodeAttribute(null=True)
    g1sk = UnicodeAttribute(null=True)
    g2pk = UnicodeAttribute(null=True)
    g2sk = UnicodeAttribute(null=True)
    duepk = UnicodeAttribute(null=True)
    duesk = UnicodeAttribute(null=True)
    due_failures = IntegerAttribute(null=True)
    """Consecutive failures to handle the item when it was due."""
    rescheduled_to = UnicodeAttribute(null=True, attr_name="put_off_to")
    """The `duesk` set by the last failure. If `duesk` differs by now, the item was handled in between."""
    hint = UnicodeAttribute(null=True)
    """The only attribute projected into the indexes; its meaning depends on the item."""
    expires = IntegerAttribute(null=True)
    """Epoch seconds (DynamoDB's TTL) after which the item is no longer needed. Deletion can lag by two days."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return table()

    @classmethod
    def at(cls, key: Key, **attributes: Any) -> Self:
        item = cls(key.pk, key.sk, **attributes)
        listing = listing_of(key)
        return item if listing is None else item.index_1(listing)

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls.from_raw_data(row)

    @property
    def key(self) -> Key:
        return Key(self.pk, self.sk)

    def index_1(self, key: Key | None) -> Self:
        self.g1pk, self.g1sk = key or (None, None)
        return self

    def index_2(self, key: Key | None) -> Self:
        self.g2pk, self.g2sk = key or (None, None)
        return self

    def schedule(self, key: Key | None) -> Self:
        self.duepk, self.duesk = key or (None, None)
        return self


def assign(item: Item, values: dict[str, Any]) -> list[Action]:
    """Set attributes on the item and return the equivalent update actions; None removes an attribute. Updating single
    attributes preserves concurrent writes to the others."""
    actions = []
    for name, value in values.items():
        setattr(item, name, value)
        attribute: Any = getattr(type(item), name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions
