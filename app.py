"""Wiring only: the routes and one line for every trigger."""

from typing import Any

from chalice import Chalice, Rate
from chalice.app import DynamoDBEvent, SQSEvent

app = Chalice(app_name="orderly-embed")

QUEUE = "arn:aws:sqs:us-east-1:000000000000:placeholder"
STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/placeholder/stream/placeholder"


@app.route("/health", cors=True)
def health() -> Any:
    return {"data": {"status": "ok"}}


@app.on_dynamodb_record(stream_arn=STREAM, batch_size=100)
def relay_events(event: DynamoDBEvent) -> Any:
    print("relay", len(event.to_dict()["Records"]))
    return {"batchItemFailures": []}


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def dispatch_events(event: SQSEvent) -> Any:
    print("dispatch", len(event.to_dict()["Records"]))
    return {"batchItemFailures": []}


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def deliver_webhooks(event: SQSEvent) -> Any:
    return {"batchItemFailures": []}


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def evaluate_alerts(event: SQSEvent) -> Any:
    return {"batchItemFailures": []}


@app.on_sqs_message(queue_arn=QUEUE, batch_size=10)
def send_mail(event: SQSEvent) -> Any:
    return {"batchItemFailures": []}


@app.on_sqs_message(queue_arn=QUEUE, batch_size=1)
def clean_up(event: SQSEvent) -> Any:
    return {"batchItemFailures": []}


@app.schedule(Rate(1, unit=Rate.MINUTES))
def retry_deliveries(event: Any) -> None:
    print("retry_deliveries")


@app.schedule(Rate(5, unit=Rate.MINUTES))
def expire_action_requests(event: Any) -> None:
    print("expire_action_requests")


@app.schedule(Rate(5, unit=Rate.MINUTES))
def expire_tracking_pages(event: Any) -> None:
    print("expire_tracking_pages")


@app.schedule(Rate(1, unit=Rate.HOURS))
def sweep_pending_bridges(event: Any) -> None:
    print("sweep_pending_bridges")
