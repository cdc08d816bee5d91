"""The process's one DynamoDB client. Its calls take the short path where they can."""

import os
from functools import cache

from botocore.config import Config
from pynamodb.connection import Connection, TableConnection
from pynamodb.connection.base import MetaTable

from chalicelib.kit.settings import settings
from chalicelib.table import short_path

INDEXES = {"gsi1": ("g1pk", "g1sk"), "gsi2": ("g2pk", "g2sk"), "due": ("duepk", "duesk")}
CONNECT_TIMEOUT_S = 2
READ_TIMEOUT_S = 10
MAX_CONNECTIONS = 32
MAX_RETRIES = 3
"""By botocore, after the short path's attempt and its own first."""
USER_AGENT = "orderly-embed"


def _schema() -> MetaTable:
    attributes = ["pk", "sk", *(name for pair in INDEXES.values() for name in pair)]
    return MetaTable(
        {
            "TableName": settings().table_name,
            "KeySchema": _key_schema("pk", "sk"),
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in attributes],
            "GlobalSecondaryIndexes": [
                {"IndexName": name, "KeySchema": _key_schema(*pair)} for name, pair in INDEXES.items()
            ],
            "LocalSecondaryIndexes": [],
        }
    )


def _key_schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]


@cache
def table() -> TableConnection:
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    name = settings().table_name
    shared = Connection(
        region=region,
        connect_timeout_seconds=CONNECT_TIMEOUT_S,
        read_timeout_seconds=READ_TIMEOUT_S,
        max_pool_connections=MAX_CONNECTIONS,
        max_retry_attempts=MAX_RETRIES,
    )
    # A fixed user agent: botocore assembles its own for every call, which takes a fifth of the call's CPU time.
    shared.session.set_default_client_config(Config(user_agent=USER_AGENT))
    connection = TableConnection(name, region=region)
    connection.connection = shared
    shared.add_meta_table(_schema())
    session = shared.session
    short_path.register(shared.client, session.get_credentials(), session.get_config_variable("ca_bundle"))
    return connection


def connect_early() -> None:
    """Create the client during module initialisation, which Lambda runs with a full processor."""
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        table()
