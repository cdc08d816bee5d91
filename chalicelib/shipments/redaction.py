"""Redacts shipments that arrive after their customer was erased."""

from collections.abc import Mapping
from typing import Any

from chalicelib.privacy import fields as privacy
from chalicelib.privacy.deliveries import delivered_since, without_signers
from chalicelib.privacy.fields import FROZEN_IN_SHIPMENTS
from chalicelib.privacy.redaction import Traces, place_only
from chalicelib.records.source import Source
from chalicelib.shipments.shape import ERASED, Fields


def traces_of(fields: Mapping[str, Any]) -> Traces:
    """What a shipment itself says of its customer."""
    return Traces.of_order({"shipping_address": fields.get("ship_to")})


def without_names(checkpoints: list[dict[str, Any]], *traces: Traces) -> list[dict[str, Any]]:
    for each in traces:
        checkpoints = [privacy.redacted(privacy.CHECKPOINT, checkpoint, each) for checkpoint in checkpoints]
    return checkpoints


def redacted_on_arrival(
    source: Source, fields: Fields, new_checkpoints: list[dict[str, Any]]
) -> tuple[Fields, list[dict[str, Any]]]:
    """For a shipment that arrives after its customer was erased. Either address may be the customer's (returns come
    from them), so both keep the place only."""
    traces, status = traces_of(fields), fields["status"]
    since = delivered_since(status, fields["checkpoints"])
    places = {name: place_only(fields[name]) for name in FROZEN_IN_SHIPMENTS}
    checkpoints = without_signers(status, without_names(fields["checkpoints"], traces))
    digests = traces.digests(source.organization_id)
    redacted = {**fields, **places, "checkpoints": checkpoints, ERASED: digests}
    return redacted, without_signers(status, without_names(new_checkpoints, traces), since=since)
