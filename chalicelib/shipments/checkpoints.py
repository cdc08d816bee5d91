"""Merges checkpoints. Carriers send the same scan repeatedly, sometimes with more details."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.kit import ids
from chalicelib.privacy.deliveries import says_delivered
from chalicelib.records import times

Checkpoint = dict[str, Any]
DESCRIBING = ("location", "city", "state", "country", "postal_code", "status_detail")
"""Place and words. Checkpoints that differ in one of these are not the same."""
OWN = ("id", "created_at")
ENDED_BY_CARRIER = frozenset({"delivered", "returned"})


def merge_checkpoints(
    shipment_id: str, stored: Sequence[Checkpoint], given: Iterable[Checkpoint], now: str
) -> tuple[list[Checkpoint], list[Checkpoint]]:
    """All checkpoints, oldest first, and those among them that are new.

    Two are the same if time and status are equal and neither place nor words contradict: a value is missing in one of
    them, or equal when case is ignored. The fuller one is kept, completed with fields that only the other has.
    """
    merged: list[Checkpoint] = []
    by_moment: dict[tuple[str, str], list[int]] = {}
    new: set[int] = set()
    for index, checkpoint in enumerate([*stored, *given]):
        at = by_moment.setdefault((checkpoint["checkpoint_time"], checkpoint["status"]), [])
        known = next((position for position in at if _is_same(merged[position], checkpoint)), None)
        if known is not None:
            merged[known] = _fuller(merged[known], checkpoint)
            continue
        at.append(len(merged))
        if index < len(stored):
            merged.append(checkpoint)
            continue
        new.add(len(merged))
        taken = {merged[position]["id"] for position in at[:-1]}
        merged.append({**checkpoint, "id": _id_of(shipment_id, checkpoint, taken), "created_at": now})
    in_order = sorted(range(len(merged)), key=lambda position: merged[position]["checkpoint_time"])
    return [merged[position] for position in in_order], [merged[position] for position in sorted(new)]


def _is_same(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether two checkpoints with the same time and status are the same."""
    pairs = ((one.get(name), other.get(name)) for name in DESCRIBING)
    return all(not a or not b or a.casefold() == b.casefold() for a, b in pairs)


def _fuller(stored: Checkpoint, other: Checkpoint) -> Checkpoint:
    """Both in one, in the wording of the fuller. If they are equally full, the stored wording wins, so that sending
    either of them again changes nothing."""
    own = {name: stored[name] for name in OWN}
    if len(other.keys() - own.keys()) > len(stored.keys() - own.keys()):
        return {**stored, **other, **own}
    return {**other, **stored}


def _id_of(shipment_id: str, checkpoint: Checkpoint, taken: set[str]) -> str:
    """Derived from the checkpoint, so that a repeated write gives it the same id."""
    identity = (checkpoint["checkpoint_time"], checkpoint["status"], checkpoint.get("location") or "")
    first = ids.derived_id(shipment_id, "checkpoint", *identity)
    if first not in taken:
        return first
    rest = (str(checkpoint.get(name) or "") for name in DESCRIBING)
    return ids.derived_id(shipment_id, "checkpoint", *identity, *rest)


def reopens(fields: Mapping[str, Any], status: str, given: Iterable[Checkpoint]) -> bool:
    """Whether `status` would move an ended shipment back without a checkpoint that is newer than its end."""
    before = fields["status"]
    if before not in ENDED_BY_CARRIER or status in (before, "returned", "cancelled"):
        return False
    ended_at = _ended_at(fields)
    return not any(checkpoint["checkpoint_time"] > ended_at for checkpoint in given)


def _ended_at(fields: Mapping[str, Any]) -> str:
    """The best known time at which the shipment was delivered or returned."""
    checkpoints = fields["checkpoints"]
    ending = [c["checkpoint_time"] for c in checkpoints if c["status"] == fields["status"] or says_delivered(c)]
    if ending:
        return str(max(ending))
    if fields["actual_delivery"]:
        return times.to_timestamp(fields["actual_delivery"])
    # It ended at the latest when it was last synced.
    return str(fields["updated_at"])
