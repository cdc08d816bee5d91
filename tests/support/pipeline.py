"""The path of an event to its receivers, step by step in process: stream, relay, dispatch, deliver, evaluate.

The account has the queues; `Pipeline` does what AWS does between the functions. Nothing runs by itself, so that a test
decides when each step happens.
"""

import itertools
import json
from collections.abc import Callable
from typing import Any

from chalicelib.kit.settings import settings
from chalicelib.table.due import ALL_SHARDS
from tests.support import account
from tests.support.account import client

Batch = dict[str, Any]
Handler = Callable[[Batch], Any]
_numbers = itertools.count(1)


def batch_of(*bodies: Any) -> Batch:
    """A batch of messages as SQS delivers it; each message has its own id."""
    return {"Records": [{"messageId": f"m-{next(_numbers)}", "body": json.dumps(body)} for body in bodies]}


def _is_event(record: Any) -> bool:
    return record["eventName"] == "INSERT" and str(record["dynamodb"]["Keys"]["pk"]["S"]).startswith("EV#")


def _is_of_counters(record: Any) -> bool:
    pk, sk = (str(record["dynamodb"]["Keys"][name]["S"]) for name in ("pk", "sk"))
    return pk.startswith("EU#") and sk == "STATS"


class Pipeline:
    def __init__(self) -> None:
        self.sqs = client("sqs")
        self._position = 0

    def new_records(self) -> list[Any]:
        """The new records of the stream, filtered as by the event source mapping."""
        records = account.stream()[self._position :]
        self._position += len(records)
        return [record for record in records if _is_event(record) or _is_of_counters(record)]

    def new_events(self) -> list[Any]:
        return [record for record in self.new_records() if _is_event(record)]

    def relay(self, handler: Handler | None = None) -> int:
        """Relay the new records of the stream. If the `handler` fails, all of them come again."""
        from chalicelib.events.relay import relay

        before = self._position
        records = self.new_records()
        answered = (handler or relay)({"Records": records})
        if handler is not None and answered["batchItemFailures"]:
            self._position = before
            return 0
        assert answered == {"batchItemFailures": []}
        return len(records)

    def take(self, queue_url: str) -> Batch:
        """Remove up to ten messages from the queue."""
        answer = self.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return {"Records": [{"messageId": m["MessageId"], "body": m["Body"]} for m in messages]}

    def put_back(self, queue_url: str, messages: list[Any]) -> None:
        """Return messages to the queue, as SQS does with failed ones."""
        for message in messages:
            self.sqs.send_message(QueueUrl=queue_url, MessageBody=message["body"])

    def drain(self, queue_url: str, handler: Handler) -> int:
        """Pass all messages of the queue to the handler, which must not fail any. Returns their number."""
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
        from chalicelib.webhooks.delivery import deliver, deliver_slow

        handled = self.drain(settings().deliveries_queue_url, deliver)
        return handled + self.drain(settings().slow_deliveries_queue_url, deliver_slow)

    def deliver_next(self, only: Callable[[Batch], Batch] = lambda batch: batch) -> None:
        """A batch of each queue of deliveries, and of those messages the ones that `only` leaves."""
        from chalicelib.webhooks.delivery import deliver, deliver_slow

        assert deliver(only(self.take(settings().deliveries_queue_url))) == {"batchItemFailures": []}
        assert deliver_slow(only(self.take(settings().slow_deliveries_queue_url))) == {"batchItemFailures": []}

    def evaluate(self) -> int:
        from chalicelib.alerts.evaluation import evaluate

        return self.drain(settings().alerts_queue_url, evaluate)

    def count(self) -> int:
        from chalicelib.insights.counting import count

        return self.drain(settings().figures_queue_url, count)

    def add_up(self) -> None:
        """Bring the organization's totals up to date with the stream."""
        self.relay()
        self.count()

    def retry(self) -> None:
        """Run the job of every minute, which has a run for each shard."""
        from chalicelib.webhooks.retrying import run

        for shard in ALL_SHARDS:
            run(shard)

    def run(self) -> None:
        """Run everything from the stream to the receivers until nothing is left."""
        while self.dispatch() + self.evaluate() + self.deliver():
            pass
