"""What the policies of functions refuse. `tests.support.iam` evaluates them against the calls of all other tests."""

from typing import Any

import pytest

from chalicelib.table import keys
from chalicelib.table.keys import Key
from infra.policies import policy
from infra.system import FUNCTIONS
from tests.support import account, iam
from tests.support.iam import LEADING_KEYS, Access, accesses, is_allowed

POLICIES = {function.name: policy(function) for function in FUNCTIONS}
OUTWARD = (
    "deliver_webhooks",
    "deliver_slow_webhooks",
    "send_webhook_tests",
    "retry_deliveries",
    "send_mail",
    "evaluate_alerts",
)
"""Functions that call receivers, read what users wrote, or speak with people outside."""
CREDENTIALS = (
    keys.api_key("o", "k"),
    keys.service_key("k"),
    keys.server_key(),
    keys.bridge_type_secret("shopify"),
    keys.config("o"),
    keys.organization("o"),
    keys.session("o", "s"),
)


def writes(key: Key, action: str = "PutItem") -> Access:
    return Access(f"dynamodb:{action}", "table", {LEADING_KEYS: [key.pk]})


def decrypts(subject: str) -> Access:
    return Access("kms:Decrypt", "key", {"kms:EncryptionContext:subject": [subject]})


@pytest.mark.parametrize("function", OUTWARD)
def test_no_credential_can_be_written_by_what_faces_outward(function: str) -> None:
    bridge = keys.bridge("o", "u", "b")
    for action in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"):
        for key in CREDENTIALS:
            assert not is_allowed(POLICIES[function], writes(key, action)), (action, key)
        assert not is_allowed(POLICIES[function], writes(bridge, action)) or action == "UpdateItem"


@pytest.mark.parametrize("function", [*OUTWARD, "dispatch_events"])
def test_what_faces_outward_reads_no_credential_and_only_mail_reads_orders(function: str) -> None:
    for action in ("GetItem", "BatchGetItem", "Query"):
        for key in (keys.session("o", "s"), keys.service_key("k"), keys.bridge_type_secret("shopify")):
            assert not is_allowed(POLICIES[function], writes(key, action)), (action, key)
        assert is_allowed(POLICIES[function], writes(keys.order("o", "u", "1"), action)) is (function == "send_mail")


@pytest.mark.parametrize("function", ["clean_up", "expire_action_requests", "sweep_pending_bridges", "start_due_work"])
def test_what_works_in_the_background_puts_and_deletes_no_credential(function: str) -> None:
    """Counters of an organization are updated beside its keys."""
    for action in ("PutItem", "DeleteItem", "BatchWriteItem"):
        for key in (*CREDENTIALS, keys.slug("s"), keys.end_user_by_external_id("o", "x")):
            assert not is_allowed(POLICIES[function], writes(key, action)), (action, key)


@pytest.mark.parametrize("function", POLICIES)
def test_secrets_are_decrypted_by_those_who_need_them_only(function: str) -> None:
    needed = {
        "api_handler": {"webhook:1", "organization-webhook", "server-key", "bridge:1", "identity-secret"},
        "deliver_webhooks": {"webhook:1", "organization-webhook"},
        "deliver_slow_webhooks": {"webhook:1", "organization-webhook"},
        "work_on_bridges": {"bridge:1", "server-key"},
        "send_webhook_tests": {"webhook:1", "organization-webhook"},
        "send_mail": {"server-key"},
        "clean_up": {"server-key"},
    }
    every = needed["api_handler"]
    assert {each for each in every if is_allowed(POLICIES[function], decrypts(each))} == needed.get(function, set())


def test_a_call_that_the_policy_refuses_is_noted(cloud: None) -> None:
    with iam.acting("expire_tracking_pages"):
        account.client("dynamodb").get_item(TableName="orderly-embed", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})
        assert iam.denied == []
        account.client("dynamodb").delete_item(TableName="orderly-embed", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})
    assert iam.denied == [f"expire_tracking_pages: dynamodb:DeleteItem on table {{'{LEADING_KEYS}': ['a']}}"]
    iam.denied.clear()


def test_every_handler_in_app_is_known() -> None:
    assert iam.handlers().keys() == {function.name for function in FUNCTIONS} - {"api_handler"}


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            ("dynamodb", "TransactWriteItems", {"TransactItems": [{"Delete": {"Key": {"pk": {"S": "A#1"}}}}]}),
            Access("dynamodb:DeleteItem", "table", {LEADING_KEYS: ["A#1"]}),
        ),
        (
            (
                "dynamodb",
                "Query",
                {
                    "IndexName": "gsi1",
                    "KeyConditionExpression": "(#0 = :0 AND #1 > :1)",
                    "ExpressionAttributeNames": {"#0": "g1pk", "#1": "g1sk"},
                    "ExpressionAttributeValues": {":0": {"S": "B#2"}, ":1": {"S": "x"}},
                },
            ),
            Access("dynamodb:Query", "table/index/gsi1", {LEADING_KEYS: ["B#2"]}),
        ),
        (
            ("sqs", "SendMessageBatch", {"QueueUrl": "https://sqs.invalid/1/deliveries"}),
            Access("sqs:SendMessage", "DeliveriesQueue"),
        ),
    ],
)
def test_calls_are_read_as_iam_reads_them(call: tuple[str, str, dict[str, Any]], expected: Access) -> None:
    assert accesses(*call) == [expected]


def test_conditions_hold_for_all_keys_of_a_call() -> None:
    limited = {
        "Statement": [{"Effect": "Allow", "Action": ["a"], "Resource": ["*"], "Condition": iam_condition("X#*")}]
    }
    assert is_allowed(limited, Access("a", "table", {LEADING_KEYS: ["X#1", "X#2"]}))
    assert not is_allowed(limited, Access("a", "table", {LEADING_KEYS: ["X#1", "Y#2"]}))


def iam_condition(pattern: str) -> dict[str, Any]:
    return {"ForAllValues:StringLike": {LEADING_KEYS: [pattern]}}
