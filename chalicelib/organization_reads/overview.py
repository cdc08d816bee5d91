"""The organization at a glance: numbers that are kept, and two short lists that are counted. Two round trips with
authentication."""

from chalicelib.action_requests.schemas import REQUEST_STATUSES
from chalicelib.bridges.schemas import BRIDGE_STATUSES
from chalicelib.orders.schemas import ORDER_STATUSES
from chalicelib.organization_reads.schemas import OverviewRead, TroubledWebhooks
from chalicelib.organizations import counters
from chalicelib.shipments.schemas import SHIPMENT_STATUSES
from chalicelib.table import keys
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.totals import organization as totals
from chalicelib.totals.service import counts_of, order_counter, request_counter, shipment_counter
from chalicelib.webhooks.troubled import count_troubled


def read(organization_id: str) -> OverviewRead:
    stats, requests = keys.organization_stats(organization_id), keys.action_request_stats(organization_id)
    shards = totals.total_keys(organization_id)
    rows, webhooks = run_concurrently(
        lambda: get_many([stats, requests, *shards], consistent=False), lambda: _webhooks(organization_id)
    )
    total = totals.totals_in(rows[key] for key in shards if key in rows)
    bridges = counters.bridges_in(rows.get(stats, {}))
    of_requests = counts_of(rows.get(requests, {}))
    return OverviewRead(
        end_users=counters.end_users_in(rows.get(stats, {})),
        orders={status: total[order_counter(status)] for status in ORDER_STATUSES},
        shipments={status: total[shipment_counter(status)] for status in SHIPMENT_STATUSES},
        action_requests={status: of_requests.get(request_counter(status), 0) for status in REQUEST_STATUSES},
        bridges={status: bridges.total(None, status) for status in BRIDGE_STATUSES},
        webhooks=webhooks,
    )


def _webhooks(organization_id: str) -> TroubledWebhooks:
    (failing, more), (disabled, even_more) = run_concurrently(
        lambda: count_troubled(organization_id, "failing"), lambda: count_troubled(organization_id, "disabled")
    )
    return TroubledWebhooks(failing=failing, disabled=disabled, capped=more or even_more)
