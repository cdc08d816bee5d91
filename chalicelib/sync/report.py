"""What became of each record of a call."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from chalicelib.records.change import Outcome
from chalicelib.sync.schemas import Counted, RecordError, SyncResult

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True, eq=False)
class Sent(Generic[R]):
    """A record that could be read, and where it stood in the call."""

    kind: str
    index: int
    external_id: str
    record: R
    digest: str
    """Tells whether it is the same as the last one."""


@dataclass(slots=True)
class Report:
    result: SyncResult = field(default_factory=SyncResult)

    def of(self, kind: str) -> Counted:
        return self.result.orders if kind == "order" else self.result.shipments

    def count(self, sent: Sent[R], outcome: Outcome) -> None:
        counted = self.of(sent.kind)
        setattr(counted, outcome, getattr(counted, outcome) + 1)

    def fail(self, sent: Sent[R], message: str) -> None:
        self.refuse(sent.kind, sent.index, sent.external_id, message)

    def refuse(self, kind: str, index: int, external_id: str | None, message: str) -> None:
        """A record that could not be read or not be written."""
        self.of(kind).failed += 1
        error = RecordError.model_validate(
            {"kind": kind, "index": index, "external_id": external_id, "message": message}
        )
        self.result.errors.append(error)
