"""`Idempotency-Key` and repeated transactions, judged by DynamoDB's own engine."""

from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.support.factories import EMBED, SHIPSTATION, Acme
from tests.support.gateway import Reply
from tests.support.races import requesting, statuses, together


def test_of_many_at_once_one_creates() -> None:
    client = Acme.create().session().client
    create = requesting(client, "POST", f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="k")
    replies: list[Reply] = together([create] * 8)
    assert set(statuses(replies)) <= {201, 409}
    assert len({reply.data["id"] for reply in replies if reply.status == 201}) == 1
    assert {reply.code for reply in replies if reply.status == 409} <= {"idempotency_in_flight"}
    assert create().headers["Idempotent-Replay"] == "true"
    assert len(client.get(f"{EMBED}/bridges").data) == 1


def test_a_transaction_whose_answer_was_lost_is_not_done_twice() -> None:
    """Tried again under the same token it is known as done; as another one it would fail on what it has written."""
    client = Acme.create().session().client
    whole = BaseClient._make_api_call
    lost: list[str] = []

    def make_api_call(self: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        answer = whole(self, name, parameters)
        if name == "TransactWriteItems" and not lost:
            lost.append(name)
            raise ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, name)
        return answer

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        reply = client.post(f"{EMBED}/bridges", SHIPSTATION, Idempotency_Key="k")
    assert (lost, reply.status) == (["TransactWriteItems"], 201)
    assert [bridge["id"] for bridge in client.get(f"{EMBED}/bridges").data] == [reply.data["id"]]
