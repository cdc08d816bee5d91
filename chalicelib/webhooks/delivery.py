"""Consumer of the two deliveries queues: load what a batch needs in one read, send its deliveries concurrently, and
record those that succeed in one write.

A receiver's failure is recorded and never fails the message; only our own errors do.

An attempt can take ten seconds, and Lambda gives a process no other batch before the last one has ended. So that nobody
waits for somebody else's receiver, a process that is held up takes more messages from its queue meanwhile, by itself.
From the fast queue (lanes.py), only attempts at webhooks that respond are made. Everything else is passed on to the
slow one, and so are deliveries that would have to wait for others to the same receiver.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from time import monotonic
from typing import Any, NamedTuple

from chalicelib.kit import clock, codec, log
from chalicelib.kit.queues import Failures, Message, NotSent, Received, delete_received, receive, send
from chalicelib.kit.settings import settings
from chalicelib.webhooks import replaying
from chalicelib.webhooks.attempting import handle
from chalicelib.webhooks.deferred import drain_now
from chalicelib.webhooks.destinations import Destination, read_destination
from chalicelib.webhooks.healthy import Success, record_successes
from chalicelib.webhooks.lanes import FAST, SLOW, Lane, reason_for_slow
from chalicelib.webhooks.loading import Loaded, load
from chalicelib.webhooks.measuring import Measured
from chalicelib.webhooks.posting import sender
from chalicelib.webhooks.queueing import DeliveryTask, group_of, read_message
from chalicelib.webhooks.store import WebhookItem
from chalicelib.webhooks.turns import MAX_UNDER_WAY, Turns

HELD_UP_AFTER_S = 0.25
"""A batch that takes longer is held up by a receiver."""
MANY_UNTIL_S = 25.0
"""How long a process that is held up takes messages of the fast queue for every webhook. Until `takes_for_s` it then
attempts only those that have just responded: an attempt that times out would keep it from taking any."""
JUST_S = 60
LONG_POLL_AFTER_S = 1.0
"""A receiver that takes a little longer than others shall not keep the function for a whole poll."""
POLL_S = 1
"""How long it waits for messages at a time, after that."""
PAUSE_S = 0.05
BATCH_SIZE = 10
SLOW_AGAIN_S = 15
"""The delay of messages that leave the queue for slow receivers because their receiver is stuck."""


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
    run = _Run(lane, _turns())
    run.accept([Received(record["messageId"], record["body"]) for record in batch["Records"]])
    run.record(HELD_UP_AFTER_S)
    while run.pending:
        run.pass_on_waiting()
        run.record(0 if run.take() else PAUSE_S)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in run.failed]}


class _Run:
    """The deliveries of one call of the function."""

    def __init__(self, lane: Lane, turns: Turns) -> None:
        self.lane, self.turns, self.measured, self.began = lane, turns, Measured(), monotonic()
        self.pending: dict[Future[bool | Success], _Identity] = {}
        self.failed: list[str] = []
        """Messages of the batch itself. Others that fail come again by not being deleted."""
        self._finished: list[Received] = []
        self._messages: defaultdict[_Identity, list[Received]] = defaultdict(list)

    def accept(self, messages: Sequence[Received]) -> None:
        """Begin with these messages, if they are not repeats of deliveries under way."""
        tasks: dict[_Identity, DeliveryTask] = {}
        others: list[Received] = []
        for message in messages:
            try:
                body = codec.loads(message.body)
                if "replay" in body or "drain" in body:
                    read_destination(body["webhook"])
                    others.append(message)
                    continue
                task = read_message(body)
            except Exception as error:
                log.error("message_failed", error, message_id=message.message_id)
                self._fail([message])
                continue
            identity = _Identity(task.destination, task.delivery_id, task.attempts)
            if identity not in self._messages:
                tasks[identity] = task
            self._messages[identity].append(message)
        if tasks:
            self._begin(tasks)
        if self.lane.is_slow:
            for message in others:
                self._work(message)
        else:
            self._pass_on([([message], "many_deliveries") for message in others])

    def _begin(self, tasks: dict[_Identity, DeliveryTask]) -> None:
        try:
            loaded = load(list(tasks.values()))
        except Exception as error:
            log.error("deliveries_not_loaded", error, deliveries=len(tasks))
            for identity in tasks:
                self._fail(self._messages.pop(identity))
            return
        # Created before the threads start, or each of them would create one.
        sender()
        passed_on = []
        for identity, task in tasks.items():
            reason = self._reason_to_pass_on(task, loaded)
            if reason is None:
                self._submit(identity, task, loaded)
            else:
                passed_on.append((self._messages.pop(identity), reason))
        self._pass_on(passed_on)

    def _reason_to_pass_on(self, task: DeliveryTask, loaded: Loaded) -> str | None:
        item = loaded.webhooks[task.destination].item
        if self.lane.is_slow or item is None:
            return None
        reason = reason_for_slow(item, loaded.configs.get(item.organization_id))
        if reason is None and monotonic() - self.began > MANY_UNTIL_S and not _has_just_responded(item):
            return "process_ends"
        return reason

    def _work(self, message: Received) -> None:
        """Enqueue many deliveries of a webhook, which takes seconds."""
        body = codec.loads(message.body)
        try:
            if "replay" in body:
                replaying.continue_replay(body)
            else:
                drain_now(read_destination(body["webhook"]))
        except Exception as error:
            log.error("message_failed", error, message_id=message.message_id)
            self._fail([message])
        else:
            self._finished.append(message)

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
        """Take more messages from the queue if there is time and room for them. Returns whether there were any."""
        took_s = monotonic() - self.began
        if took_s > self.lane.takes_for_s or self.turns.room() < BATCH_SIZE:
            return False
        poll_s = POLL_S if took_s > LONG_POLL_AFTER_S else 0
        try:
            messages = receive(self.lane.queue_url(settings()), BATCH_SIZE, poll_s)
        except Exception as error:
            log.error("messages_not_taken", error)
            return False
        self.accept(messages)
        return bool(messages)

    def pass_on_waiting(self) -> None:
        """Pass on what has waited for others to the same receiver for too long."""
        futures = self.turns.withdraw(self.lane.waits_for_s)
        waiting = [self.pending.pop(future) for future in futures if future in self.pending]
        messages = [(self._messages.pop(identity), "receiver_slow") for identity in waiting]
        self._pass_on(messages, SLOW_AGAIN_S if self.lane.is_slow else 0)

    def _pass_on(self, passed_on: Sequence[tuple[list[Received], str]], delay_seconds: int = 0) -> None:
        """Send messages to the slow queue, one of each list (the others are its repeats), and log the reasons."""
        bodies = [codec.loads(messages[0].body) for messages, _ in passed_on]
        not_sent: set[int] = set()
        try:
            send(
                settings().slow_deliveries_queue_url, [Message(body, group_of(body), delay_seconds) for body in bodies]
            )
        except NotSent as failure:
            log.error("deliveries_not_passed_on", failure)
            not_sent = set(failure.failed)
        for position, (messages, reason) in enumerate(passed_on):
            if position in not_sent:
                self._fail(messages)
                continue
            self._finished += messages
            log.info("delivery_passed_on", reason=reason, delivery_id=bodies[position].get("delivery_id"))

    def _settle(self, identity: _Identity, *, is_done: bool) -> None:
        messages = self._messages.pop(identity)
        if is_done:
            self._finished += messages
        else:
            self._fail(messages)

    def _fail(self, messages: Sequence[Received]) -> None:
        self.failed += [message.message_id for message in messages if message.receipt is None]


def _has_just_responded(item: WebhookItem) -> bool:
    return not item.consecutive_failures and (item.last_success_at or "") > clock.in_seconds(-JUST_S)
