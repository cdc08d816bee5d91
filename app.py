"""Wiring only: the API's routes, and every trigger as one line.

FUNCTION names the function this process is. What a function does not need it does not import; without FUNCTION
(packaging, tests) everything is here.
"""

from chalicelib.kit import startup  # isort: skip - before everything else

from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent

from chalicelib.kit.settings import settings
from chalicelib.table.connection import connect_early

app = Chalice(app_name="orderly-embed")
connect_early()

# Placeholders: the real sources are `!GetAtt`s that infra/ puts into the template.
QUEUE = "arn:aws:sqs:us-east-1:000000000000:placeholder"
STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/placeholder/stream/placeholder"

if settings().function in ("", "api_handler"):
    startup.defer_models()
    from chalicelib.api.gateway import register
    from chalicelib.api.routing import routes

    register(app, routes())


@app.on_dynamodb_record(stream_arn=STREAM, batch_size=100)
def relay_events(event: DynamoDBEvent) -> Any:
    from chalicelib.events.relay import relay

    return relay(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def dispatch_events(event: SQSEvent) -> Any:
    from chalicelib.dispatch.service import dispatch

    return dispatch(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def deliver_webhooks(event: SQSEvent) -> Any:
    from chalicelib.webhooks.delivery import deliver

    return deliver(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def deliver_slow_webhooks(event: SQSEvent) -> Any:
    from chalicelib.webhooks.delivery import deliver_slow

    return deliver_slow(event.to_dict())


@app.lambda_function()
def send_webhook_tests(wanted: dict[str, Any], _: Any) -> Any:
    from chalicelib.webhooks.test_send import send_test

    return send_test(wanted)


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def evaluate_alerts(event: SQSEvent) -> Any:
    from chalicelib.alerts.evaluation import evaluate

    return evaluate(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def send_mail(event: SQSEvent) -> Any:
    from chalicelib.kit.queues import each_message
    from chalicelib.mail.service import handle

    return each_message(event.to_dict(), handle)


@app.on_sqs_message(queue_arn=QUEUE, batch_size=1)
def clean_up(event: SQSEvent) -> Any:
    from chalicelib.cleanup.service import handle
    from chalicelib.kit.queues import each_message

    return each_message(event.to_dict(), handle)


@app.on_sqs_message(queue_arn=QUEUE, batch_size=1)
def work_on_bridges(event: SQSEvent) -> Any:
    from chalicelib.connectors.receiving import receive

    return receive(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=100)
def count_figures(event: SQSEvent) -> Any:
    from chalicelib.insights.counting import count

    return count(event.to_dict())


@app.on_sqs_message(queue_arn=QUEUE, batch_size=5)
def register_trackers(event: SQSEvent) -> Any:
    from chalicelib.kit.queues import each_message
    from chalicelib.tracking_feeds.registering import handle

    return each_message(event.to_dict(), handle)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def watch_shipments(_: Any) -> None:
    from chalicelib.tracking_feeds.scheduling import run

    run()


@app.schedule(Rate(1, unit=Rate.MINUTES))
def start_due_work(_: Any) -> None:
    from chalicelib.connectors.scheduling import run

    run()


@app.schedule(Rate(1, unit=Rate.MINUTES))
def retry_deliveries(event: CloudWatchEvent) -> None:
    from chalicelib.webhooks.retrying import run

    run(event.detail.get("shard"))


@app.schedule(Rate(5, unit=Rate.MINUTES))
def expire_action_requests(_: Any) -> None:
    from chalicelib.action_requests.service import expire_due

    expire_due()


@app.schedule(Rate(5, unit=Rate.MINUTES))
def expire_tracking_pages(_: Any) -> None:
    from chalicelib.tracking_pages.service import expire_due

    expire_due()


@app.schedule(Rate(1, unit=Rate.HOURS))
def sweep_pending_bridges(_: Any) -> None:
    from chalicelib.bridges.oauth import sweep_due

    sweep_due()


startup.done()
