"""The base of every stored item, and the attribute types that pynamodb lacks."""

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
from chalicelib.table.keys import Key

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


class Item(Model):
    """Subclasses declare their own attributes; keys come from `keys` through `at`, never as text."""

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
    """How often in a row handling it failed when it was due."""
    put_off_to = UnicodeAttribute(null=True)
    """The `duesk` that the last failure gave it; where it has another by now, it was handled since."""
    hint = UnicodeAttribute(null=True)
    """The one attribute that travels with an index entry; what it holds depends on the item."""
    expires = IntegerAttribute(null=True)
    """Epoch seconds after which nobody needs the item; DynamoDB removes it up to two days later."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return table()

    @classmethod
    def at(cls, key: Key, **attributes: Any) -> Self:
        return cls(key.pk, key.sk, **attributes)

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

    def fall_due(self, key: Key | None) -> Self:
        self.duepk, self.duesk = key or (None, None)
        return self


def assigned(item: Item, values: dict[str, Any]) -> list[Action]:
    """Set attributes on the item, and say the same in actions; None removes. Field by field: others write too."""
    actions = []
    for name, value in values.items():
        setattr(item, name, value)
        attribute: Any = getattr(type(item), name)
        actions.append(attribute.remove() if value is None else attribute.set(value))
    return actions
