from tests.support.engine import loopback, merchant, pipeline, time

__all__ = ["loopback", "merchant", "pipeline", "time"]
