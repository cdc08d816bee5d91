"""The most that one request makes the system spend. Every endpoint declares it; its `limits` say how often.

Units are DynamoDB's: a read unit is 4 KB read consistently, a write unit 1 KB written, twice that in a transaction.
Authentication is included, and so are an Idempotency-Key and rate limits. A response of DynamoDB has at most 1 MB, 256
read units.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Spending:
    reads: int
    writes: int
    sends: str = ""
    """What leaves the system or continues in the background, if anything."""

    def sending(self, what: str) -> "Spending":
        return replace(self, sends=what)


NOTHING = Spending(0, 0)
"""A file or a constant."""
ITEMS = Spending(60, 2)
"""Some items by their keys. The writes are a rate limit and an API key's last use."""
PARTITION = Spending(400, 2)
"""One response of 1 MB, and some items."""
RECORD = Spending(4600, 4)
"""An order with everything that belongs to it: one response of 1 MB and one batch read of at most 16 MB."""
LIST = Spending(3000, 2)
"""A page and its total, each from at most ten responses of 1 MB, then `totalCapped`; and the items of the page."""
CHANGE = Spending(400, 250)
"""One transaction of what a body of usual size contains, with its event and counters, after reading one response."""
SYNC = Spending(12_000, 12_000)
"""A batch of 1 MB: every stored record read, and everything written anew with its search entries and events."""
