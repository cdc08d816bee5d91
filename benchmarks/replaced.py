"""AWS as far as deliveries call it: DynamoDB Local, a server in place of SQS, and KMS in process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import dynamodb_local, seed
from benchmarks.delivery import serving

QUEUES = ("EVENTS", "DELIVERIES", "SLOW_DELIVERIES", "ALERTS", "MAIL", "CLEANUP", "BRIDGES", "TRACKING", "FIGURES")


@contextmanager
def replacing() -> Iterator[None]:
    """For this process and those that it starts, which call `replace_key` themselves. Raises dynamodb_local.NotHere."""
    with dynamodb_local.running() as endpoint, serving("benchmarks.queue_server") as queues:
        os.environ.update(
            {
                **seed.environment(endpoint),
                "AWS_ENDPOINT_URL_SQS": queues,
                **{f"{name}_QUEUE_URL": f"{queues}/1/{name.lower()}" for name in QUEUES},
                "STAGE": "local",
                "ALLOW_LOOPBACK": "1",
                "FUNCTION": "deliver_webhooks",
            }
        )
        dynamodb_local.create_table(endpoint, seed.TABLE)
        replace_key()
        yield


def replace_key() -> None:
    """Webhooks' secrets are decrypted once."""
    from chalicelib.kit import aws

    key, whole = seed.Key(), aws.client
    aws.client = lambda service: key if service == "kms" else whole(service)  # type: ignore[assignment]
