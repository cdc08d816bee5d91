"""What is failing or disabled anywhere in an organization is listed as long as it is."""

from typing import Any

import pytest

from chalicelib.kit import ids
from chalicelib.kit.settings import settings
from chalicelib.organization_reads import webhook_routes
from chalicelib.table.transaction import update
from chalicelib.webhooks import troubled
from chalicelib.webhooks.delivery import deliver
from chalicelib.webhooks.store import WebhookItem
from tests.support.factories import Acme
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers


def listed(acme: Acme, state: str, more: str = "") -> list[Any]:
    reply = acme.server.get(f"/api/v1/webhooks?state={state}{more}")
    assert reply.status == 200, reply.text
    assert reply.json["pagination"]["total"] >= len(reply.data)
    return list(reply.data)


def ids_of(rows: list[Any]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_failing_webhook_is_listed_until_it_works_again(pipeline: Pipeline, merchant: Merchant) -> None:
    with Receiver(answers(answer(500, close=True), answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.dispatch()
        assert listed(merchant.acme, "failing") == []
        deliver(pipeline.take(settings().deliveries_queue_url))
        (row,) = listed(merchant.acme, "failing")
        assert (row["id"], row["type"], row["end_user"]["id"]) == (hook.id, "webhook", merchant.session.end_user_id)
        assert row["consecutive_failures"] == 1
        hook.post(f"deliveries/{hook.deliveries[0].sk}/retry")
        pipeline.deliver()
    assert hook.state.consecutive_failures == 0
    assert listed(merchant.acme, "failing") == []


def test_gone_paused_resumed_and_deleted(pipeline: Pipeline, merchant: Merchant) -> None:
    with Receiver(answer(410)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.run()
    assert (listed(merchant.acme, "failing"), ids_of(listed(merchant.acme, "disabled"))) == ([], [hook.id])
    hook.patch(isActive=True)
    assert listed(merchant.acme, "disabled") == []
    hook.patch(isActive=False)
    (row,) = listed(merchant.acme, "disabled")
    assert (row["id"], row["disabled_reason"]) == (hook.id, None)
    hook.patch(url=f"{receiver.url}/elsewhere")
    assert ids_of(listed(merchant.acme, "disabled")) == [hook.id]
    hook.patch(description="Still off")
    assert ids_of(listed(merchant.acme, "disabled")) == [hook.id]
    assert merchant.session.client.delete(hook.path).status == 200
    assert listed(merchant.acme, "disabled") == []


def test_rules_and_the_organizations_own_are_there_too(pipeline: Pipeline, merchant: Merchant) -> None:
    with Receiver(answer(500)) as receiver:
        rule = merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
        merchant.acme.configure(settings={"webhookUrl": receiver.url})
        merchant.publish()
        pipeline.run()
        rows = {row["type"]: row for row in listed(merchant.acme, "failing")}
        assert rows.keys() == {"rule", "organization"}
        assert (rows["rule"]["id"], rows["rule"]["end_user"]["external_id"]) == (rule["id"], "merchant-1")
        assert rows["organization"]["end_user"] is None
        mine = listed(merchant.acme, "failing", f"&end_user_id={merchant.session.end_user_id}")
        assert ids_of(mine) == [rule["id"]]
        # A new URL starts over.
        merchant.acme.configure(settings={"webhookUrl": f"{receiver.url}/new"})
        assert ids_of(listed(merchant.acme, "failing")) == [rule["id"]]


def test_pages_newest_trouble_first_and_nobody_elses(merchant: Merchant) -> None:
    merchants = [merchant, Merchant(merchant.acme, "merchant-2")]
    hooks = [of.webhook(f"https://8.8.8.8/{n}") for of in merchants for n in range(2)]
    for hook in hooks:
        hook.patch(isActive=False)
    expected = [hook.id for hook in reversed(hooks)]
    first = merchant.acme.server.get("/api/v1/webhooks?state=disabled&limit=3").json
    assert ids_of(first["data"]) == expected[:3]
    assert first["pagination"]["total"] == 4
    cursor = first["pagination"]["nextCursor"]
    assert ids_of(listed(merchant.acme, "disabled", f"&limit=3&cursor={cursor}")) == expected[3:]
    assert ids_of(listed(merchant.acme, "disabled", f"&end_user_id={merchants[0].session.end_user_id}")) == expected[2:]
    assert listed(Acme.create(), "disabled") == []


def test_a_page_is_short(acme: Acme) -> None:
    """Of each webhook, up to 2,000 pending deliveries are counted."""
    reply = acme.server.get("/api/v1/webhooks?state=failing&limit=100")
    assert reply.json["pagination"]["limit"] * 128 < webhook_routes.IN_TROUBLE.reads


@pytest.mark.parametrize(("query", "status"), [("", 422), ("state=broken", 422), ("state=failing&end_user_id=1", 422)])
def test_queries_that_are_refused(acme: Acme, query: str, status: int) -> None:
    assert acme.server.get(f"/api/v1/webhooks?{query}").status == status
    assert acme.server.get(f"/api/v1/webhooks?state=failing&end_user_id={ids.new_id()}").status == 404
    assert acme.session().client.get("/api/v1/webhooks?state=failing").status == 401


def test_reindexing_lists_what_was_in_trouble_before(merchant: Merchant) -> None:
    org, user = merchant.whose
    off, fine = (merchant.webhook(f"https://8.8.8.8/{n}") for n in range(2))
    off.patch(isActive=False)
    update(off.state.key, [WebhookItem.g1pk.remove(), WebhookItem.g1sk.remove()])
    assert listed(merchant.acme, "disabled") == []
    assert [troubled.list_again(org, user) for _ in range(2)] == [1, 0]
    assert ids_of(listed(merchant.acme, "disabled")) == [off.id]
    assert fine.state.g1pk is None
