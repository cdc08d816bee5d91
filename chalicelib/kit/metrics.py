"""Metrics in CloudWatch's embedded metric format: lines on standard output, which need no API call or permission."""

import json
import sys
from collections.abc import Mapping
from typing import Final, Literal

from chalicelib.kit import clock
from chalicelib.kit.settings import settings

NAMESPACE: Final = "OrderlyEmbed"
Unit = Literal["Seconds", "Count"]


def emit(dimensions: Mapping[str, str], values: Mapping[str, tuple[float | list[float], Unit]]) -> None:
    """Emit the metrics in `values`, of one value or up to a hundred each, with the stage and `dimensions` as their
    dimensions."""
    named = {"Stage": settings().stage, **dimensions}
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [list(named)],
        "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in values.items()],
    }
    line = {
        "_aws": {"Timestamp": clock.epoch_milliseconds(clock.timestamp()), "CloudWatchMetrics": [directive]},
        **named,
        **{name: value for name, (value, _) in values.items()},
    }
    sys.stdout.write(json.dumps(line) + "\n")
