"""Computes costs from capacity, with the prices and assumptions in `prices.toml`.

A test compares docs/operations.md with the results.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

USUAL = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True)
class Units:
    """DynamoDB's capacity units."""

    read: float = 0.0
    write: float = 0.0


@dataclass(frozen=True)
class Prices:
    region: str
    price: dict[str, float]
    """Prices in USD by item."""
    assumed: dict[str, float]

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
        }

    def of_a_million_deliveries(self, each: Units) -> dict[str, float]:
        """The cost of a million deliveries from stream to recorded attempt. The event is part of the change."""
        batches = 1e6 / self.assumed["messages_in_a_batch"]
        return {
            "API Gateway": 0.0,
            "Lambda": self._running(batches, "relay_batch_seconds", "relay_gb")
            + self._running(batches, "dispatch_batch_seconds", "dispatch_gb")
            + self._running(batches, "delivery_batch_seconds", "delivery_gb"),
            "DynamoDB": self._capacity(each),
            # Batches are sent, received and deleted in two queues.
            "SQS": 6 * batches / 1e6 * self.price["sqs_million_requests"],
            "logs": self._logged("delivery_log_bytes"),
        }

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
    return f"| {title} | {each.read:g} | {each.write:g} | {sums} | **{sum(parts.values()):.2f}** |"
