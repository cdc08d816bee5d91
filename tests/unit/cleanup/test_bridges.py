"""Deleting a bridge hides its data at once and removes it in the background; giving it away moves the data."""

from typing import Any

import pytest

from chalicelib.table.keys import PAST
from tests.support.account import everything
from tests.support.background import clean_up, left_of
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.guests import get_code, verify
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment
from tests.support.storefront import SHOP, Storefront, verify_sender

CHECKPOINT = {"status": "in_transit", "checkpoint_time": "2026-01-16T08:00:00Z", "location": "Chicago, IL"}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def fill(merchant: Merchant, count: int = 5) -> None:
    """Orders with history, linked shipments, and an unlinked one."""
    merchant.sync(*[order(n) for n in range(count)])
    merchant.sync(*[order(n, status="shipped", notes="x") for n in range(count)])
    merchant.sync(shipments=[shipment(n, checkpoints=[CHECKPOINT]) for n in range(count)])
    merchant.sync(shipments=[shipment("unlinked", order_external_id="never")])


def delete(merchant: Merchant) -> None:
    reply = merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
    assert reply.status == 200, reply.text


def reassign(merchant: Merchant, end_user_id: str | None) -> None:
    reply = merchant.acme.server.patch(f"/api/v1/bridges/{merchant.bridge_id}", {"end_user_id": end_user_id})
    assert reply.status == 200, reply.text


def visible(merchant: Merchant) -> tuple[int, int, int]:
    """Orders, shipments and search matches, as totals and as rows."""
    pages = merchant.orders("?limit=50"), merchant.shipments("?limit=50"), merchant.orders("?search=ord&limit=50")
    for page in pages:
        assert page["pagination"]["total"] == len(page["data"])
    orders, shipments, matches = (page["pagination"]["total"] for page in pages)
    return orders, shipments, matches


class TestDeleting:
    def test_it_hides_everything_at_once(self, merchant: Merchant) -> None:
        fill(merchant)
        shown = merchant.order(1), merchant.shipment(1)
        assert visible(merchant) == (5, 6, 5)
        delete(merchant)
        assert visible(merchant) == (0, 0, 0)
        assert merchant.orders("?status=shipped")["pagination"]["total"] == 0
        for path in (f"orders/{shown[0]['id']}", f"shipments/{shown[1]['id']}", f"tracking/{shown[1]['id']}"):
            assert merchant.client.get(f"{EMBED}/{path}").status == 404

    def test_other_bridges_stay_visible(self, merchant: Merchant) -> None:
        other = merchant.another()
        fill(merchant)
        fill(other, 3)
        delete(merchant)
        assert visible(other) == (3, 4, 3)
        assert other.orders("?limit=2&page=2")["pagination"]["hasMore"] is False
        clean_up()
        assert visible(other) == (3, 4, 3)
        check(other, log=False)

    def test_it_removes_everything(self, merchant: Merchant) -> None:
        other = merchant.another()
        fill(other, 2)
        before = left_of(merchant.acme.organization_id)
        kept = {name: value for name, value in counters(other).items() if value}
        gone = Merchant(merchant.acme, merchant.session, merchant.session.bridge()["id"])
        fill(gone)
        delete(gone)
        clean_up()
        assert left_of(merchant.acme.organization_id) == before
        assert {name: value for name, value in counters(other).items() if value} == kept
        check(other, log=False)

    def test_it_continues_in_parts(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.cleanup import bridges

        monkeypatch.setattr(bridges, "BATCH_SIZE", 2)
        monkeypatch.setattr(bridges, "MAX_PER_MESSAGE", 4)
        before = left_of(merchant.acme.organization_id)
        gone = merchant.another()
        fill(gone, 9)
        delete(gone)
        assert clean_up() > 5
        assert left_of(merchant.acme.organization_id, gone.bridge_id) == before

    def test_a_message_reads_the_list_once(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.cleanup import bridges
        from chalicelib.orders import removal

        monkeypatch.setattr(bridges, "BATCH_SIZE", 2)
        gone = merchant.another()
        fill(gone, 9)
        delete(gone)
        real, looks = removal.list_order_ids, []

        def counting(*arguments: Any) -> tuple[list[str], str | None]:
            looks.append(arguments)
            return real(*arguments)

        monkeypatch.setattr(removal, "list_order_ids", counting)
        clean_up()
        assert len(looks) == 1

    def test_messages_may_arrive_twice(self, merchant: Merchant) -> None:
        before = left_of(merchant.acme.organization_id)
        gone = merchant.another()
        fill(gone)
        delete(gone)
        clean_up(twice=True)
        clean_up(twice=True)
        assert left_of(merchant.acme.organization_id) == before

    def test_a_shipment_of_another_bridge_becomes_unlinked(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(shipments=[shipment()])
        delete(shop)
        clean_up()
        assert merchant.shipment()["order_id"] is None
        check(merchant, log=False)
        merchant.another().sync(order())
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        check(merchant, log=False)

    def test_an_order_of_another_bridge_loses_the_shipment(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(shipments=[shipment()])
        delete(merchant)
        assert shop.order()["shipments"] == []
        clean_up()
        assert shop.order()["shipments"] == []
        check(shop, log=False)

    def test_connecting_the_same_source_again_starts_over(self, merchant: Merchant) -> None:
        fill(merchant)
        delete(merchant)
        again = merchant.another()
        assert again.sync(*[order(n) for n in range(3)])["orders"] == counted(created=3)
        clean_up()
        assert visible(again) == (3, 0, 3)
        check(again, log=False)

    def test_a_lagging_index_is_read_again(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.orders import removal

        before = left_of(merchant.acme.organization_id)
        gone = merchant.another()
        fill(gone)
        delete(gone)
        real, looks = removal.list_order_ids, []

        def lagging(*arguments: Any) -> tuple[list[str], str | None]:
            looks.append(arguments)
            return ([], None) if len(looks) < 3 else real(*arguments)

        monkeypatch.setattr(removal, "list_order_ids", lagging)
        clean_up()
        assert left_of(merchant.acme.organization_id) == before


class TestEveryItem:
    """No item but the log, and what leads there, mentions anything derived from a deleted bridge's data."""

    @staticmethod
    def mentioning(names: set[str]) -> dict[str, int]:
        """How many items contain one of the names, by key prefix."""
        rows = [row for row in everything() if not row["sk"]["S"].startswith(PAST)]
        found = [row["pk"]["S"].partition("#")[0] for row in rows if any(name in str(row) for name in names)]
        return {kind: found.count(kind) for kind in sorted(set(found)) if kind != "EV"}

    def test_nothing_mentions_it(self, acme: Acme) -> None:
        verify_sender()
        shop = Storefront(acme)
        stays = Merchant(acme, shop.session, shop.session.bridge()["id"])
        fill(stays, 2)
        gone = Merchant(acme, shop.session, shop.bridge["id"])
        fill(gone)
        gone.sync(order(7, customer={"name": "Ada", "email": "ada@example.com"}), order(8, line_items=[{"sku": "A-B"}]))
        stays.sync(shipments=[shipment(7)])
        order_id, shipment_id = gone.order(7)["id"], gone.shipment(1)["id"]
        names = {
            gone.bridge_id,
            *(o["id"] for o in gone.orders("?limit=50")["data"] if o["bridge_id"] == gone.bridge_id),
        }
        names |= {s["id"] for s in gone.shipments("?limit=50")["data"] if s["bridge_id"] == gone.bridge_id}
        asked = {"orderId": order_id, "actionType": "cancel", "title": "Please"}
        request = gone.client.post(f"{EMBED}/action-requests", asked).data
        acme.server.patch(f"{EMBED}/action-requests/{request['id']}/resolve", {"status": "denied"})
        names.add(gone.client.post(f"{EMBED}/action-requests", asked).data["id"])
        page = gone.client.post(f"{EMBED}/tracking-pages", {"shipmentId": shipment_id}).data
        guest = verify(shop, get_code(shop, "ORD-7", "ada@example.com"), "ORD-7", "ada@example.com").json
        names |= {request["id"], page["id"], page["token"]}
        before = self.mentioning(names)
        assert {"O", "SH", "S", "CO", "WAIT", "BRID", "BRSTATS", "AR", "TP", "TPT", "EU"} <= before.keys()
        delete(gone)
        assert Client().get(f"{EMBED}/tracking-pages/view/{page['token']}").status == 410
        clean_up()
        # A guest's order token, which gives access to nothing and expires within half an hour, and the token of the
        # tracking page, whose link is gone until it would have expired.
        assert self.mentioning(names) == {"CU": 1, "TPT": 1}
        shop.client.headers["X-Order-Access"] = guest["accessToken"]
        assert shop.client.get(f"{SHOP}/orders/access/detail").status == 404
        check(stays, log=False)


def counters(merchant: Merchant) -> dict[str, int]:
    from chalicelib.table import keys
    from chalicelib.table.reads import find_row

    row = find_row(keys.end_user_stats(merchant.acme.organization_id, merchant.session.end_user_id)) or {}
    return {name: int(value["N"]) for name, value in row.items() if "N" in value and name != "orders_made"}


class TestDeletingAnEndUser:
    def test_the_data_is_out_of_reach_until_the_bridge_is_reassigned(self, merchant: Merchant) -> None:
        fill(merchant)
        merchant.acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}")
        clean_up()
        again = merchant.acme.session("merchant-1")
        assert again.client.get(f"{EMBED}/orders").json["pagination"]["total"] == 0
        reassign(merchant, again.end_user_id)
        clean_up()
        heir = Merchant(merchant.acme, again, merchant.bridge_id)
        assert visible(heir) == (5, 6, 5)
        check(heir, log=False)
        assert left_of(merchant.session.end_user_id) == []

    def test_deleting_the_orphaned_bridge_removes_it_all(self, merchant: Merchant) -> None:
        before = left_of(merchant.bridge_id)
        assert before
        fill(merchant)
        merchant.acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}")
        clean_up()
        assert merchant.acme.server.delete(f"/api/v1/bridges/{merchant.bridge_id}").status == 200
        clean_up()
        assert left_of(merchant.session.end_user_id, merchant.bridge_id) == []


class TestReassigning:
    def test_everything_moves_with_its_history(self, merchant: Merchant) -> None:
        fill(merchant)
        detail = merchant.order(1)
        heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), merchant.bridge_id)
        reassign(merchant, heir.session.end_user_id)
        assert visible(merchant) == (0, 0, 0)
        clean_up()
        assert visible(merchant) == (0, 0, 0)
        assert visible(heir) == (5, 6, 5)
        assert heir.order(1) == detail
        check(heir, log=False)
        check(merchant, log=False)
        assert heir.sync(order(1, status="shipped", notes="x"))["orders"] == counted(unchanged=1)

    def test_what_the_new_owner_has_already_stays(self, merchant: Merchant) -> None:
        fill(merchant)
        heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), merchant.bridge_id)
        reassign(merchant, heir.session.end_user_id)
        heir.sync(order(1, notes="newer"), shipments=[shipment(1, service="newer")])
        clean_up()
        assert visible(heir) == (5, 6, 5)
        assert heir.order(1)["notes"] == "newer"
        assert heir.shipment(1)["service"] == "newer"
        check(heir, log=False)

    def test_back_and_forth_before_anything_moved(self, merchant: Merchant) -> None:
        fill(merchant)
        other = merchant.acme.session("merchant-2")
        reassign(merchant, other.end_user_id)
        reassign(merchant, merchant.session.end_user_id)
        reply = merchant.try_sync(orders=[order(1, notes="now")])
        assert (reply.status, reply.code) == (409, "bridge_moving")
        clean_up()
        assert visible(merchant) == (5, 6, 5)
        check(merchant, log=False)
        merchant.sync(order(1, notes="now"))

    def test_orphaning_hides_it_and_reassigning_shows_it(self, merchant: Merchant) -> None:
        fill(merchant)
        reassign(merchant, None)
        clean_up()
        assert visible(merchant) == (0, 0, 0)
        reassign(merchant, merchant.session.end_user_id)
        clean_up()
        assert visible(merchant) == (5, 6, 5)
        check(merchant, log=False)

    def test_shipments_leave_the_orders_of_other_bridges(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(shipments=[shipment()])
        heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), merchant.bridge_id)
        reassign(merchant, heir.session.end_user_id)
        clean_up()
        assert heir.shipment()["order_id"] is None
        assert shop.order()["shipments"] == []
        check(heir, log=False)
        check(shop, log=False)
        heir.sync(order())
        assert heir.shipment()["order_id"] == heir.order()["id"]

    def test_orders_leave_the_shipments_of_other_bridges(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(shipments=[shipment()])
        heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), shop.bridge_id)
        reassign(shop, heir.session.end_user_id)
        clean_up()
        assert merchant.shipment()["order_id"] is None
        assert heir.order()["shipments"] == []
        check(heir, log=False)
        check(merchant, log=False)

    def test_messages_may_arrive_twice(self, merchant: Merchant) -> None:
        fill(merchant)
        heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), merchant.bridge_id)
        reassign(merchant, heir.session.end_user_id)
        clean_up(twice=True)
        assert visible(heir) == (5, 6, 5)
        check(heir, log=False)
