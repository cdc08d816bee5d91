"""The attribute types that pynamodb lacks."""

import json
from decimal import Decimal

from chalicelib.table.items import Item, JsonTail, JsonTailAttribute
from chalicelib.table.keys import Key


class BookItem(Item):
    summary = JsonTailAttribute(attr_name="s")


class TestJsonTail:
    def test_is_stored_without_its_opening_brace(self) -> None:
        book = BookItem.at(Key("BOOK#1", "ROOT"), summary=JsonTail.of({"title": "Ä", "price": Decimal("1.50")}))
        assert book.serialize()["s"] == {"S": '"title":"Ä","price":1.50}'}

    def test_stored_text_is_read_back_byte_for_byte(self) -> None:
        stored = '"title":"Ä \\"","price":1.50,"tags":[]}'
        row = {"pk": {"S": "BOOK#1"}, "sk": {"S": "ROOT"}, "s": {"S": stored}}
        assert BookItem.of(row).serialize()["s"] == {"S": stored}

    def test_members_decode_numbers_as_decimals(self) -> None:
        assert JsonTail('"price":1.50}').members() == {"price": Decimal("1.50")}

    def test_complete_puts_members_in_front(self) -> None:
        text = JsonTail.of({"title": "A"}).complete(id="1", status="lent")
        assert text == '{"id":"1","status":"lent","title":"A"}'
        assert json.loads(text) == {"id": "1", "status": "lent", "title": "A"}

    def test_updated_replaces_single_members(self) -> None:
        tail = JsonTail.of({"title": "A", "order_id": None}).updated(order_id="7")
        assert tail == '"title":"A","order_id":"7"}'
        assert isinstance(tail, JsonTail)
