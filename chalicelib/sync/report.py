"""What became of each record of a call."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from chalicelib.records.change import Change
from chalicelib.records.parsing import MAX_WARNINGS as MAX_WARNINGS_OF_RECORD
from chalicelib.records.parsing import FieldWarning
from chalicelib.records.record import SourceRecord
from chalicelib.sync.schemas import MAX_WARNINGS, RecordCounts, RecordError, RecordWarning, SyncResult
from chalicelib.sync.writing import WriteResult

Kind = Literal["order", "shipment"]
R = TypeVar("R", bound=SourceRecord)


@dataclass(frozen=True, slots=True, eq=False)
class ReceivedRecord(Generic[R]):
    """A valid record and its position in the call."""

    kind: Kind
    index: int
    record: R
    digest: str
    """Equal for records with the same content."""

    @property
    def external_id(self) -> str:
        return self.record.external_id


@dataclass(slots=True)
class Report:
    result: SyncResult = field(default_factory=SyncResult)
    _warned: Counter[tuple[str, int | None]] = field(default_factory=Counter)

    def add_written(
        self, written: WriteResult[ReceivedRecord[R]], changes: Iterable[tuple[ReceivedRecord[R], Change]]
    ) -> None:
        done = set(written.done)
        for received, change in changes:
            if change.warnings and received in done:
                self.add_warnings(received.kind, received.index, received.external_id, change.warnings)
        outcomes = {received: change.outcome for received, change in changes}
        for received in written.done:
            counts = self._counts(received.kind)
            outcome = outcomes[received]
            setattr(counts, outcome, getattr(counts, outcome) + 1)
        for received in written.failed:
            self.add_failure(received, "could not be written just now; send it again")
        for received in written.refused:
            self.add_failure(received, "could not be stored")

    def add_unchanged(self, received: ReceivedRecord[R]) -> None:
        self._counts(received.kind).unchanged += 1

    def add_failure(self, received: ReceivedRecord[R], message: str) -> None:
        self.add_error(received.kind, received.index, received.external_id, message)

    def add_error(self, kind: Kind, index: int, external_id: str | None, message: str) -> None:
        """For a record that was not read or not written."""
        self._counts(kind).failed += 1
        self.result.errors.append(RecordError(kind=kind, index=index, external_id=external_id, message=message))

    def add_warnings(
        self, kind: Kind | Literal["call"], index: int | None, external_id: str | None, warnings: Iterable[FieldWarning]
    ) -> None:
        for warning in warnings:
            if self._warned[kind, index] == MAX_WARNINGS_OF_RECORD or len(self.result.warnings) == MAX_WARNINGS:
                return
            self._warned[kind, index] += 1
            self.result.warnings.append(
                RecordWarning(
                    kind=kind,
                    index=index,
                    external_id=external_id,
                    field=warning.field,
                    value=warning.value,
                    message=warning.message,
                )
            )

    def finish(self) -> SyncResult:
        self.result.errors.sort(key=lambda error: (error.kind, error.index))
        self.result.warnings.sort(key=lambda warning: (warning.kind, warning.index or 0))
        return self.result

    def _counts(self, kind: Kind) -> RecordCounts:
        return self.result.orders if kind == "order" else self.result.shipments
