"""Computes costs from capacity, with the prices and assumptions in `prices.toml`.

A test compares docs/operations.md with the results.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

USUAL = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True)
class Units:
    """DynamoDB's capacity units, and what is sent to the internet, compressed."""

    read: float = 0.0
    write: float = 0.0
    bytes: int = 0


@dataclass(frozen=True)
class Prices:
    region: str
    price: dict[str, float]
    """Prices in USD by item."""
    source: dict[str, str]
    """Where AWS lists each price, and when it was checked."""
    assumed: dict[str, float]
    cpu: dict[str, dict[str, float]]
    """Milliseconds of a delivery, by how it is batched and by function."""

    @classmethod
    def read(cls, file: Path = USUAL) -> "Prices":
        return cls(**tomllib.loads(file.read_text()))

    def of_a_million_requests(self, each: Units) -> dict[str, float]:
        """The cost of a million requests in USD by service, if each consumes `each`."""
        return {
            "API Gateway": self.price["api_gateway_million_requests"],
            "Lambda": self._running(1e6, "request_seconds", "request_gb"),
            "DynamoDB": self._capacity(each),
            "SQS": 0.0,
            "logs": self._logged("request_log_bytes"),
            "egress": self._sent(each.bytes + self.assumed["response_head_bytes"]),
        }

    def of_a_million_deliveries(self, each: Units, batched: str = "in_batches") -> dict[str, float]:
        """The cost of a million deliveries from stream to recorded attempt. The event is part of the change. `batched`:
        `in_batches`, `alone` in each of them, or `before`, when a delivery took more than a row."""
        batches = 1e6 / (1 if batched == "alone" else self.assumed["messages_in_a_batch"])
        return {
            "API Gateway": 0.0,
            "Lambda": sum(self._working(name, batches, batched) for name in ("relay", "dispatch", "delivery")),
            "DynamoDB": self._capacity(each),
            # Batches are sent, received and deleted in two queues.
            "SQS": 6 * batches / 1e6 * self.price["sqs_million_requests"],
            "logs": self._logged("delivery_log_bytes"),
            "egress": self._sent(self.assumed["delivery_sent_bytes"]),
        }

    def of_a_million_orders(self, each: Units) -> dict[str, float]:
        """The cost of a million orders that are synced for the first time, with their event up to its dispatch."""
        calls, batches = (1e6 / self.assumed[name] for name in ("orders_in_a_call", "messages_in_a_batch"))
        return {
            "API Gateway": calls / 1e6 * self.price["api_gateway_million_requests"],
            "Lambda": self._running(calls, "sync_call_seconds", "request_gb")
            + sum(self._working(name, batches) for name in ("relay", "dispatch")),
            "DynamoDB": self._capacity(each),
            "SQS": 3 * batches / 1e6 * self.price["sqs_million_requests"],
            # The relay's and the dispatcher's lines are two thirds of a delivery's.
            "logs": self._logged("delivery_log_bytes") * 2 / 3,
            "egress": 0.0,
        }

    def of_a_million_that_time_out(self, in_a_batch: int) -> float:
        """What Lambda costs for a million attempts of which each takes the whole ten seconds."""
        return self._running(1e6 / in_a_batch, "slow_batch_seconds", "delivery_gb")

    def of_a_million_counted(self, each: Units) -> dict[str, float]:
        """The cost of counting a million events in the figures by day, apart from dispatching them."""
        batches = 1e6 / self.assumed["events_counted_in_a_batch"]
        return {
            "API Gateway": 0.0,
            "Lambda": self._working("count", batches),
            "DynamoDB": self._capacity(each),
            # Ten are sent, received and deleted at a time.
            "SQS": 3 * 1e5 / 1e6 * self.price["sqs_million_requests"],
            "logs": 0.0,
            "egress": 0.0,
        }

    def _working(self, name: str, batches: float, batched: str = "in_batches") -> float:
        """A function's measured CPU for a million events, at its share of a processor, and its waiting for calls."""
        gb = self.assumed[f"{name}_gb"]
        seconds = 1e3 * self.cpu[batched][name] * self.assumed["processor_gb"] / gb
        seconds += batches * self.assumed[f"{name}_batch_waits"]
        return batches / 1e6 * self.price["lambda_million_requests"] + seconds * gb * self.price["lambda_gb_second"]

    def _sent(self, size: float) -> float:
        return 1e6 * size / 1e9 * self.price["egress_gb"]

    def _capacity(self, each: Units) -> float:
        price = self.price
        return each.read * price["dynamodb_million_read_units"] + each.write * price["dynamodb_million_write_units"]

    def _running(self, times: float, seconds: str, memory: str) -> float:
        gb_seconds = times * self.assumed[seconds] * self.assumed[memory]
        return times / 1e6 * self.price["lambda_million_requests"] + gb_seconds * self.price["lambda_gb_second"]

    def _logged(self, size: str) -> float:
        return 1e6 * self.assumed[size] / 1e9 * self.price["logs_gb"]


def row(title: str, each: Units, parts: dict[str, float]) -> str:
    """A row of the table in docs/operations.md."""
    sums = " | ".join(f"{part:.2f}" if part else "" for part in parts.values())
    return f"| {title} | {each.read:g} | {each.write:g} | {each.bytes or ''} | {sums} | **{sum(parts.values()):.2f}** |"
