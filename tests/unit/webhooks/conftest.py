from tests.support.engine import loopback, merchant, pipeline, time
from tests.support.held import held, network

__all__ = ["held", "loopback", "merchant", "network", "pipeline", "time"]
