"""From capacity to money: unit prices and assumptions, which stand in `prices.toml`, and the sums made of them.

docs/operations.md prints them; a test makes its sums again.
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
    """USD, by what is paid for."""
    assumed: dict[str, float]

    @classmethod
    def read(cls, file: Path = USUAL) -> "Prices":
        return cls(**tomllib.loads(file.read_text()))

    def of_a_million_requests(self, each: Units) -> dict[str, float]:
        """USD by service, of a million requests that consume `each`."""
        return {
            "API Gateway": self.price["api_gateway_million_requests"],
            "Lambda": self._running(1e6, "request_seconds", "request_gb"),
            "DynamoDB": self._capacity(each),
            "SQS": 0.0,
            "logs": self._logged("request_log_bytes"),
        }

    def of_a_million_deliveries(self, each: Units) -> dict[str, float]:
        """From the stream to the recorded attempt; the event itself was written with the change it tells of."""
        batches = 1e6 / self.assumed["messages_in_a_batch"]
        return {
            "API Gateway": 0.0,
            "Lambda": self._running(batches, "relay_batch_seconds", "relay_gb")
            + self._running(batches, "dispatch_batch_seconds", "dispatch_gb")
            + self._running(batches, "delivery_batch_seconds", "delivery_gb"),
            "DynamoDB": self._capacity(each),
            # Sent, received and deleted, in two queues, in batches.
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
    """A line of the table in docs/operations.md."""
    sums = " | ".join(f"{part:.2f}" if part else "" for part in parts.values())
    return f"| {title} | {each.read:g} | {each.write:g} | {sums} | **{sum(parts.values()):.2f}** |"
