"""Reports that wait for their shipment, and the jobs of the due index that this room has."""

from dataclasses import asdict
from typing import Final

from chalicelib.records import times
from chalicelib.shipments.index import tracking_term
from chalicelib.table.due import due_key
from chalicelib.table.keys import Key
from chalicelib.tracking_feeds import store
from chalicelib.tracking_providers.provider import Report

TRACKER_DUE: Final = "tracker"
REPORT_DUE: Final = "carrier_report"


def report_due(at: str, term: str) -> Key:
    return due_key(REPORT_DUE, at, term)


def tracker_due(at: str, shipment_id: str) -> Key:
    return due_key(TRACKER_DUE, at, shipment_id)


def keep(organization_id: str, report: Report, due: Key | None) -> None:
    """Keep a report until its shipment takes it in, at the time of `due` if it has one."""
    store.keep_report(organization_id, tracking_term(report.number), moment(report), asdict(report), due)


def moment(report: Report) -> str:
    """When the provider said so, as a timestamp that compares; a report without a readable time counts as oldest."""
    try:
        return times.to_timestamp(report.at)
    except ValueError:
        return times.to_timestamp("1970-01-01")
