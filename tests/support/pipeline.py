"""The way from an event to its receivers, step by step and in process: stream, relay, dispatch, deliver, evaluate.

moto keeps the queues; `Pipeline` plays the parts of AWS between the functions. Nothing runs by itself, so a test says
when what happens.
"""

import itertools
import json
from collections.abc import Callable
from typing import Any

from chalicelib.kit.settings import settings
from tests.support.account import client

Batch = dict[str, Any]
Handler = Callable[[Batch], Any]
_numbers = itertools.count(1)


def batch_of(*bodies: Any) -> Batch:
    """A batch as SQS hands it to a function; each message with an id of its own."""
    return {"Records": [{"messageId": f"m-{next(_numbers)}", "body": json.dumps(body)} for body in bodies]}


class Pipeline:
    def __init__(self) -> None:
        self.streams = client("dynamodbstreams")
        self.sqs = client("sqs")
        self.stream = client("dynamodb").describe_table(TableName=settings().table_name)["Table"]["LatestStreamArn"]
        self._position: dict[str, str] = {"ShardIteratorType": "TRIM_HORIZON"}

    def _new_records(self) -> list[Any]:
        # With a new iterator each time: a transaction that fails gives moto another stream, and leaves old ones behind.
        shard = self.streams.describe_stream(StreamArn=self.stream)["StreamDescription"]["Shards"][0]["ShardId"]
        iterator = self.streams.get_shard_iterator(StreamArn=self.stream, ShardId=shard, **self._position)
        records: list[Any] = self.streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
        if records:
            last = records[-1]["dynamodb"]["SequenceNumber"]
            self._position = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last}
        return records

    def new_events(self) -> list[Any]:
        """What is new in the stream, filtered as the mapping filters it."""
        return [
            record
            for record in self._new_records()
            if record["eventName"] == "INSERT" and record["dynamodb"]["Keys"]["pk"]["S"].startswith("EV#")
        ]

    def relay(self, handler: Handler | None = None) -> int:
        """What is new in the stream, relayed; with a `handler` that fails, all of it comes again."""
        from chalicelib.events.relay import relay

        before = self._position
        records = self.new_events()
        answered = (handler or relay)({"Records": records})
        if handler is not None and answered["batchItemFailures"]:
            self._position = before
            return 0
        assert answered == {"batchItemFailures": []}
        return len(records)

    def take(self, queue_url: str) -> Batch:
        """Up to ten messages, gone from the queue."""
        answer = self.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return {"Records": [{"messageId": m["MessageId"], "body": m["Body"]} for m in messages]}

    def put_back(self, queue_url: str, messages: list[Any]) -> None:
        """What SQS does with messages that a function reports as failed."""
        for message in messages:
            self.sqs.send_message(QueueUrl=queue_url, MessageBody=message["body"])

    def drain(self, queue_url: str, handler: Handler) -> int:
        """Give the handler all that is in the queue; how many messages that was. It must not fail any."""
        handled = 0
        while batch := self.take(queue_url)["Records"]:
            assert handler({"Records": batch}) == {"batchItemFailures": []}
            handled += len(batch)
        return handled

    def dispatch(self) -> int:
        from chalicelib.dispatch.service import dispatch

        self.relay()
        return self.drain(settings().events_queue_url, dispatch)

    def deliver(self) -> int:
        from chalicelib.webhooks.delivery import deliver

        return self.drain(settings().deliveries_queue_url, deliver)

    def evaluate(self) -> int:
        from chalicelib.alerts.evaluation import evaluate

        return self.drain(settings().alerts_queue_url, evaluate)

    def retry(self) -> None:
        """What the schedule does every minute."""
        from chalicelib.webhooks.retrying import run

        run()

    def run(self) -> None:
        """From what was written to what is received, until nothing moves any more."""
        while self.dispatch() + self.evaluate() + self.deliver():
            pass
