"""The policy of each function's role: its `grants`, its own queues and its own log.

Chalice reads policies from files, so `make policies` writes them to `.chalice/policies/`; a test checks that the files
are current. Resources are references within the template, so no policy reaches outside its stack.
"""

import json
from pathlib import Path
from typing import Any

from chalicelib.table import keys
from infra.storage import INDEX_ARNS, KEY_ARN, STREAM_ARN, TABLE_ARN
from infra.system import FUNCTIONS, Function, logical_id_of

FOLDER = Path(".chalice/policies")
SSM = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}"
SES = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"

Statement = dict[str, Any]


def at(*prefixes: str) -> Statement:
    """The condition that all items are in partitions with one of these prefixes."""
    return {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{prefix}*" for prefix in prefixes]}}


def of_subject(*patterns: str) -> Statement:
    """The condition that what is decrypted was encrypted for one of these subjects (`crypto.encrypt`)."""
    return {"StringLike": {"kms:EncryptionContext:subject": list(patterns)}}


def reading(*prefixes: str) -> Statement:
    """Reads of the table itself in partitions with one of these prefixes."""
    return {"Action": READS, "Resource": [TABLE_ARN], "Condition": at(*prefixes)}


READS = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
ORGANIZATIONS = keys.prefix_of(keys.organization(""))
END_USERS = keys.prefix_of(keys.end_user("", ""))
NOTIFICATIONS = keys.prefix_of(keys.notification("", "", ""))
CUSTOMERS = keys.prefix_of(keys.customer("", ""))
RATE_COUNTERS = keys.prefix_of(keys.rate_counter("", "", 0))
TRACKING_PAGES = keys.prefix_of(keys.tracking_page("", "", ""))
DELIVERIES = (
    keys.SUBSCRIPTIONS_PREFIX,
    keys.ATTEMPTS_PREFIX,
    keys.prefix_of(keys.delivery("", "", "")),
    keys.EVENT_PREFIX,
    NOTIFICATIONS,
)
ALERTS = (keys.SUBSCRIPTIONS_PREFIX, keys.prefix_of(keys.alert_seen("", "", "")), keys.EVENT_PREFIX, NOTIFICATIONS)
REQUESTS = tuple(
    keys.prefix_of(key)
    for key in (
        *(keys.action_request("", "", ""), keys.action_request_list("", "", "", "")),
        *(keys.action_request_queue("", "", ""), keys.pending_request("", "", "", "")),
    )
)
BRIDGE_STATS = keys.prefix_of(keys.bridge_stats("", "", ""))
ORDERS = keys.prefix_of(keys.order("", "", ""))
BRIDGES = tuple(
    keys.prefix_of(key)
    for key in (keys.bridge_owner(""), keys.bridge_work("", ""), keys.connected_shop("", "", "", ""))
)
# What belongs to end users and customers, and with that everything that is ever removed or moved in the background.
# Bridges are beside their end user.
REMOVABLE = (
    *BRIDGES,
    *REQUESTS,
    *DELIVERIES,
    END_USERS,
    CUSTOMERS,
    BRIDGE_STATS,
    ORDERS,
    TRACKING_PAGES,
    *(
        keys.prefix_of(key)
        for key in (
            keys.bridge_in_error("", "", ""),
            keys.shipment_in_exception("", "", "", ""),
            keys.bridge_task("", "", ""),
            keys.bridge_run("", "", ""),
            keys.bridge_fulfilment("", "", ""),
            keys.bridge_hook("", "", ""),
            keys.source_deleted_order("", "", "", ""),
            keys.customer_order("", "", "", "", ""),
            keys.search_entry("", "", "", ""),
            keys.shipment("", "", ""),
            keys.shipment_index_entry("", "", "", ""),
            keys.unlinked_shipment("", "", "", ""),
            keys.tracking_token(""),
            keys.active_tracking_page("", "", ""),
            keys.alert_seen("", "", ""),
            keys.figures("", "", ""),
        )
    ),
)
FOLLOWED = (
    *(
        keys.prefix_of(key)
        for key in (
            keys.shipment("", "", ""),
            keys.shipment_index_entry("", "", "", ""),
            keys.shipment_in_exception("", "", "", ""),
            keys.order("", "", ""),
            keys.bridge_owner(""),
            keys.bridge_stats("", "", ""),
        )
    ),
    keys.TRACKED,
    keys.EVENT_PREFIX,
    END_USERS,
)
WRITES = ["dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
ALL_WRITES = [*WRITES, "dynamodb:DeleteItem"]

GRANTS: dict[str, Statement] = {
    "table_read": {
        "Action": READS,
        "Resource": [TABLE_ARN, INDEX_ARNS],
    },
    # What faces outward reads no sessions or service keys, and no orders unless it writes e-mails about them. Indexes
    # have keys alone.
    "index_read": {"Action": ["dynamodb:Query"], "Resource": [INDEX_ARNS]},
    "delivery_read": reading(*DELIVERIES, ORGANIZATIONS),
    "alert_read": reading(keys.SUBSCRIPTIONS_PREFIX, NOTIFICATIONS, ORGANIZATIONS, END_USERS),
    "subscription_read": reading(keys.SUBSCRIPTIONS_PREFIX, ORGANIZATIONS, END_USERS),
    "mail_read": reading(
        keys.UNSUBSCRIBED,
        *(keys.prefix_of(key) for key in (keys.customer_order("", "", "", "", ""), keys.shipment("", "", ""))),
        *REQUESTS,
        keys.server_key().pk,
        keys.prefix_of(keys.bridge_owner("")),
        CUSTOMERS,
        ORDERS,
        ORGANIZATIONS,
        END_USERS,
    ),
    # A transaction needs the permissions of the single actions it consists of.
    "table_write": {"Action": WRITES, "Resource": [TABLE_ARN]},
    # Functions that call receivers, read what users wrote or speak with people outside change only what is theirs: no
    # key, config, session or bridge.
    "delivery_write": {"Action": WRITES, "Resource": [TABLE_ARN], "Condition": at(*DELIVERIES)},
    "alert_write": {"Action": WRITES, "Resource": [TABLE_ARN], "Condition": at(*ALERTS)},
    "mail_write": {"Action": WRITES, "Resource": [TABLE_ARN], "Condition": at(CUSTOMERS, RATE_COUNTERS)},
    "figures_update": {
        "Action": ["dynamodb:UpdateItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(keys.FIGURES, keys.EVENT_PREFIX),
    },
    "sums_read": reading(END_USERS, keys.TOTALS),
    "sums_write": {"Action": ALL_WRITES, "Resource": [TABLE_ARN], "Condition": at(keys.TOTALS)},
    "tracker_write": {"Action": WRITES, "Resource": [TABLE_ARN], "Condition": at(keys.TRACKED)},
    "report_write": {"Action": ALL_WRITES, "Resource": [TABLE_ARN], "Condition": at(*FOLLOWED)},
    # It speaks outward: of what it does not keep itself, it reads the setting and the shipment.
    "tracker_read": reading(ORGANIZATIONS, keys.prefix_of(keys.shipment("", "", "")), keys.TRACKED),
    "page_write": {"Action": WRITES, "Resource": [TABLE_ARN], "Condition": at(TRACKING_PAGES)},
    "notification_delete": {"Action": ["dynamodb:DeleteItem"], "Resource": [TABLE_ARN], "Condition": at(NOTIFICATIONS)},
    # An end user's counters are beside their bridges, which no function with this grant can put.
    "counters_update": {"Action": ["dynamodb:UpdateItem"], "Resource": [TABLE_ARN], "Condition": at(END_USERS)},
    # Counters of a whole organization are beside its config and keys, which no function with this grant can put.
    "totals_update": {
        "Action": ["dynamodb:UpdateItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(ORGANIZATIONS, END_USERS, BRIDGE_STATS),
    },
    "removal_write": {
        "Action": [*WRITES, "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(*REMOVABLE),
    },
    "request_write": {
        "Action": ALL_WRITES,
        "Resource": [TABLE_ARN],
        "Condition": at(*REQUESTS, keys.EVENT_PREFIX, ORDERS),
    },
    "bridge_delete": {
        "Action": ["dynamodb:DeleteItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(*BRIDGES, END_USERS),
    },
    "event_put": {"Action": ["dynamodb:PutItem"], "Resource": [TABLE_ARN], "Condition": at(keys.EVENT_PREFIX)},
    "work_update": {
        "Action": ["dynamodb:UpdateItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(keys.prefix_of(keys.bridge_work("", ""))),
    },
    "table_delete": {"Action": ["dynamodb:DeleteItem"], "Resource": [TABLE_ARN]},
    "table_batch_write": {"Action": ["dynamodb:BatchWriteItem"], "Resource": [TABLE_ARN]},
    "stream_read": {
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        "Resource": [STREAM_ARN],
    },
    "kms_bridges": {
        "Action": ["kms:Encrypt", "kms:Decrypt"],
        "Resource": [KEY_ARN],
        "Condition": of_subject("bridge:*", "server-key"),
    },
    "kms_both": {"Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": [KEY_ARN]},
    # The deployment's HMAC key, with which customers and codes are hashed.
    "kms_decrypt_server_key": {"Action": ["kms:Decrypt"], "Resource": [KEY_ARN], "Condition": of_subject("server-key")},
    # The next three are all that test sends of webhooks need, restricted by key prefix and encryption context.
    "webhook_read": {
        "Action": ["dynamodb:GetItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(keys.SUBSCRIPTIONS_PREFIX),
    },
    "attempt_write": {
        "Action": ["dynamodb:PutItem"],
        "Resource": [TABLE_ARN],
        "Condition": at(keys.ATTEMPTS_PREFIX),
    },
    "attempt_batch_write": {
        "Action": ["dynamodb:BatchWriteItem"],
        "Resource": [TABLE_ARN],
        "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{keys.ATTEMPTS_PREFIX}*"]}},
    },
    "kms_decrypt_webhooks": {
        "Action": ["kms:Decrypt"],
        "Resource": [KEY_ARN],
        "Condition": of_subject("webhook:*", "organization-webhook"),
    },
    "kms_decrypt_tracking": {
        "Action": ["kms:Decrypt"],
        "Resource": [KEY_ARN],
        "Condition": of_subject("tracking-provider"),
    },
    "credentials_read": {
        "Action": ["ssm:GetParameter"],
        "Resource": [{"Fn::Sub": f"{SSM}:parameter${{PlatformCredentials}}"}],
    },
    "mail_send": {
        "Action": ["ses:SendEmail", "ses:SendRawEmail"],
        "Resource": [
            {"Fn::Sub": f"{SES}:identity/*"},
            {"Fn::Sub": f"{SES}:configuration-set/${{MailConfigurationSet}}"},
        ],
    },
}


def queue_arn(logical_id: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [logical_id, "Arn"]}


def own_log(function: Function) -> Statement:
    name = f"${{AWS::StackName}}-{function.logical_id}-*"
    group = f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/{name}"
    return {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": [{"Fn::Sub": group}]}


def sending(function: Function) -> list[Statement]:
    targets = [logical_id_of(name) for name in function.sends_to]
    # Lambda sends a failed stream batch or scheduled run to the dead-letter queue with the function's own role.
    if function.dead_letters and not function.queue:
        targets.append(function.dead_letters)
    if not targets:
        return []
    return [{"Action": ["sqs:SendMessage"], "Resource": [queue_arn(target) for target in targets]}]


def receiving(function: Function) -> list[Statement]:
    if not function.queue:
        return []
    actions = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    return [{"Action": actions, "Resource": [queue_arn(function.queue.logical_id)]}]


def invoking(function: Function) -> list[Statement]:
    if not function.invokes:
        return []
    invoked = [each.logical_id for each in FUNCTIONS if each.name in function.invokes]
    return [{"Action": ["lambda:InvokeFunction"], "Resource": [{"Fn::GetAtt": [name, "Arn"]} for name in invoked]}]


def policy(function: Function) -> dict[str, Any]:
    grants = [GRANTS[name] for name in function.grants]
    statements = [*grants, *receiving(function), *sending(function), *invoking(function), own_log(function)]
    if function.reads_stream:
        # This action does not support resource-level permissions.
        statements.append({"Action": ["dynamodb:ListStreams"], "Resource": ["*"]})
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", **statement} for statement in statements],
    }


def render(function: Function) -> str:
    return json.dumps(policy(function), indent=2) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for function in FUNCTIONS:
        (FOLDER / f"{function.name}.json").write_text(render(function))


if __name__ == "__main__":
    main()
