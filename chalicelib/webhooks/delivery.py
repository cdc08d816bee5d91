"""Consumer of the two deliveries queues: load what a batch needs in one read, send its deliveries concurrently, and
record those that succeed in one write.

A receiver's failure is recorded and never fails the message; only our own errors do.

An attempt can take ten seconds, and Lambda gives a process no other batch before the last one has ended. So that nobody
waits for somebody else's receiver, a process that is held up takes more messages from its queue meanwhile, by itself.
Deliveries that would have to wait for a receiver that does not respond go to the queue for slow receivers, as do those
to webhooks that timed out recently.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, NamedTuple

from chalicelib.kit import clock, codec, log
from chalicelib.kit.queues import Failures, Message, NotSent, Received, delete_received, receive, send
from chalicelib.kit.settings import Settings, settings
from chalicelib.webhooks import replaying
from chalicelib.webhooks.attempting import handle, may_probe
from chalicelib.webhooks.deferred import drain_now
from chalicelib.webhooks.destinations import Destination, read_destination
from chalicelib.webhooks.healthy import Success, record_successes
from chalicelib.webhooks.loading import Loaded, load
from chalicelib.webhooks.measuring import Measured
from chalicelib.webhooks.posting import sender
from chalicelib.webhooks.queueing import DeliveryTask, read_message, task_group
from chalicelib.webhooks.turns import MAX_UNDER_WAY, Turns

HELD_UP_AFTER_S = 0.25
"""A batch that takes longer is held up by a receiver."""
TAKES_FOR_S = 25.0
"""How long a process takes more messages. What it took last is done well within the function's 60 s."""
POLL_S = 1
"""How long it waits for them at a time."""
PAUSE_S = 0.05
BATCH_SIZE = 10
SLOW_AGAIN_S = 15
"""The delay of messages that leave the queue for slow receivers because their receiver is stuck."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the two queues."""

    queue_url: Callable[[Settings], str]
    is_slow: bool


FAST = Lane(lambda named: named.deliveries_queue_url, is_slow=False)
SLOW = Lane(lambda named: named.slow_deliveries_queue_url, is_slow=True)


class _Identity(NamedTuple):
    destination: Destination
    delivery_id: str
    attempts: int


@cache
def _turns() -> Turns:
    return Turns(ThreadPoolExecutor(MAX_UNDER_WAY, thread_name_prefix="deliver"))


def deliver(batch: Mapping[str, Any]) -> Failures:
    """Process a batch of the queue and report the messages that must come again."""
    return _process(batch, FAST)


def deliver_slow(batch: Mapping[str, Any]) -> Failures:
    """The same for the queue for slow receivers."""
    return _process(batch, SLOW)


def _process(batch: Mapping[str, Any], lane: Lane) -> Failures:
    began = monotonic()
    run = _Run(lane, _turns())
    run.accept([Received(record["messageId"], record["body"]) for record in batch["Records"]])
    run.record(HELD_UP_AFTER_S)
    while run.pending:
        run.pass_on_stuck()
        took = monotonic() - began < TAKES_FOR_S and run.take()
        run.record(0 if took else PAUSE_S)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in run.failed]}


class _Run:
    """The deliveries of one call of the function."""

    def __init__(self, lane: Lane, turns: Turns) -> None:
        self.lane, self.turns, self.measured = lane, turns, Measured()
        self.pending: dict[Future[bool | Success], _Identity] = {}
        self.failed: list[str] = []
        """Messages of the batch itself. Others that fail come again by not being deleted."""
        self._finished: list[Received] = []
        self._messages: defaultdict[_Identity, list[Received]] = defaultdict(list)

    def accept(self, messages: Sequence[Received]) -> None:
        """Begin with these messages, if they are not repeats of deliveries under way."""
        tasks: dict[_Identity, DeliveryTask] = {}
        for message in messages:
            try:
                task = _read(message)
            except Exception as error:
                log.error("message_failed", error, message_id=message.message_id)
                self._fail([message])
                continue
            if task is None:
                self._finished.append(message)
                continue
            identity = _Identity(task.destination, task.delivery_id, task.attempts)
            if identity not in self._messages:
                tasks[identity] = task
            self._messages[identity].append(message)
        if tasks:
            self._begin(tasks)

    def _begin(self, tasks: dict[_Identity, DeliveryTask]) -> None:
        try:
            loaded = load(list(tasks.values()))
        except Exception as error:
            log.error("deliveries_not_loaded", error, deliveries=len(tasks))
            for identity in tasks:
                self._fail(self._messages.pop(identity))
            return
        if not self.lane.is_slow:
            self._pass_on([identity for identity, task in tasks.items() if _is_slow(task, loaded)], "timed_out_lately")
        # Created before the threads start, or each of them would create one.
        sender()
        for identity, task in tasks.items():
            if identity in self._messages:
                self._submit(identity, task, loaded)

    def _submit(self, identity: _Identity, task: DeliveryTask, loaded: Loaded) -> None:
        item = loaded.webhooks[task.destination].item
        url = "" if item is None else item.url
        future = self.turns.submit(task.destination.webhook_id, url, lambda: handle(task, loaded, self.measured))
        self.pending[future] = identity

    def record(self, seconds: float) -> None:
        """Wait for up to `seconds` until all have ended, then record those that have."""
        ended, _ = wait(self.pending, seconds)
        successes: list[tuple[_Identity, Success]] = []
        for future in ended:
            identity, outcome = self.pending.pop(future), future.result()
            if isinstance(outcome, Success):
                successes.append((identity, outcome))
            else:
                self._settle(identity, is_done=outcome)
        if successes:
            are_recorded = record_successes([success for _, success in successes])
            for (identity, _), is_recorded in zip(successes, are_recorded, strict=True):
                self._settle(identity, is_done=is_recorded)
        self.measured.emit()
        delete_received(self.lane.queue_url(settings()), self._finished)
        self._finished = []

    def take(self) -> bool:
        """Take more messages from the queue. Returns whether there were any."""
        if self.turns.room() < BATCH_SIZE:
            return False
        try:
            messages = receive(self.lane.queue_url(settings()), BATCH_SIZE, POLL_S)
        except Exception as error:
            log.error("messages_not_taken", error)
            return False
        self.accept(messages)
        return bool(messages)

    def pass_on_stuck(self) -> None:
        stuck = [self.pending.pop(future) for future in self.turns.withdraw_stuck() if future in self.pending]
        self._pass_on(stuck, "receiver_stuck", SLOW_AGAIN_S if self.lane.is_slow else 0)

    def _pass_on(self, identities: Sequence[_Identity], reason: str, delay_seconds: int = 0) -> None:
        """Send the messages to the queue for slow receivers."""
        if not identities:
            return
        bodies = [codec.loads(self._messages[identity][0].body) for identity in identities]
        again = [Message(body, task_group(read_message(body)), delay_seconds) for body in bodies]
        not_sent: set[int] = set()
        try:
            send(settings().slow_deliveries_queue_url, again)
        except NotSent as failure:
            log.error("deliveries_not_passed_on", failure)
            not_sent = set(failure.failed)
        for position, identity in enumerate(identities):
            is_done = position not in not_sent
            if is_done:
                log.info("delivery_passed_on", reason=reason, delivery_id=identity.delivery_id)
            self._settle(identity, is_done=is_done)

    def _settle(self, identity: _Identity, *, is_done: bool) -> None:
        messages = self._messages.pop(identity)
        if is_done:
            self._finished += messages
        else:
            self._fail(messages)

    def _fail(self, messages: Sequence[Received]) -> None:
        self.failed += [message.message_id for message in messages if message.receipt is None]


def _read(message: Received) -> DeliveryTask | None:
    """The delivery that the message asks for. What else a message may ask for is done at once."""
    body = codec.loads(message.body)
    if "replay" in body:
        replaying.continue_replay(body)
    elif "drain" in body:
        drain_now(read_destination(body["webhook"]))
    else:
        return read_message(body)
    return None


def _is_slow(task: DeliveryTask, loaded: Loaded) -> bool:
    """Whether the delivery would be attempted now, at a webhook that timed out recently."""
    item = loaded.webhooks[task.destination].item
    if item is None or not item.is_active or (item.slow_until or "") <= clock.timestamp():
        return False
    return not item.breaker_level or may_probe(item)
