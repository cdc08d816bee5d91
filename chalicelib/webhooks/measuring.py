"""The metrics of one call of a delivering function, in as few lines as there are kinds of failures."""

import threading
from collections import Counter

from chalicelib.kit import metrics

MAX_VALUES = 100
"""What a line may have of one metric."""


class Measured:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempts = 0
        self._failed: Counter[str] = Counter()
        self._latencies: list[float] = []

    def count(self, error_class: str | None, latency_s: float | None) -> None:
        """`latency_s` from the event to its first attempt; None for a later attempt."""
        with self._lock:
            self._attempts += 1
            if error_class is not None:
                self._failed[error_class] += 1
            if latency_s is not None:
                self._latencies.append(round(latency_s, 3))

    def emit(self) -> None:
        """Write what was counted since the last time."""
        with self._lock:
            attempts, failed, latencies = self._attempts, self._failed, self._latencies
            self._attempts, self._failed, self._latencies = 0, Counter(), []
        if not attempts:
            return
        metrics.emit({}, {"Attempts": (attempts, "Count"), "FailedAttempts": (failed.total(), "Count")})
        if latencies:
            metrics.emit({}, {"DeliveryLatency": (latencies[:MAX_VALUES], "Seconds")})
        for error_class, number in sorted(failed.items()):
            metrics.emit({"ErrorClass": error_class}, {"FailedAttempts": (number, "Count")})
