"""Hypothesis strategies for bodies of the Sync API: whole and partial records, nulls, clocks that go backwards."""

from typing import Any

from hypothesis import strategies as st

Batch = dict[str, list[dict[str, Any]]]

TIMES = [f"2026-01-{day:02d}T08:00:00.000Z" for day in (1, 2, 3)]
_ids = st.integers(1, 4).map(str)


def _or_null(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, st.none())


_checkpoints = st.lists(
    st.fixed_dictionaries(
        {"checkpoint_time": st.sampled_from(TIMES), "status": st.sampled_from(["in_transit", "delivered"])}
    ),
    max_size=3,
)
_order: dict[str, st.SearchStrategy[Any]] = {
    "order_number": _or_null(st.sampled_from(["ORD-1", "ORD-2", "SO 3"])),
    "status": _or_null(st.sampled_from(["pending", "processing", "shipped", "delivered", "cancelled"])),
    "payment_status": _or_null(st.sampled_from(["unpaid", "paid"])),
    "tags": _or_null(st.lists(st.sampled_from(["gift", "b2b"]), max_size=2)),
    "notes": _or_null(st.sampled_from(["one", "two"])),
    "customer": _or_null(st.sampled_from([{"name": "Ada"}, {"email": "ada@example.com", "phone": "1"}])),
}
_shipment: dict[str, st.SearchStrategy[Any]] = {
    "order_external_id": _or_null(_ids),
    "status": _or_null(st.sampled_from(["label_created", "in_transit", "delivered", "exception"])),
    "service": _or_null(st.sampled_from(["ground", "air"])),
    "checkpoints": _or_null(_checkpoints),
}


def _some(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    record = st.fixed_dictionaries({"external_id": _ids}, optional=fields)
    # Duplicates within one body have their own test.
    return st.lists(record, max_size=4, unique_by=lambda made: str(made["external_id"]))


def batches(*, clock: bool) -> st.SearchStrategy[Batch]:
    """`clock`: whether records may have `updated_at`."""
    clocks = {"updated_at": st.sampled_from(TIMES)} if clock else {}
    return st.fixed_dictionaries({"orders": _some({**clocks, **_order}), "shipments": _some({**clocks, **_shipment})})
