"""Tasks for a single order: reading it when the shop's webhook named it."""

from chalicelib.connectors.storing import mark_deleted, store
from chalicelib.connectors.visit import Visit
from chalicelib.tasks.execution import Execution


def get_order(visit: Visit, execution: Execution) -> None:
    read, external_id = visit.platform.order, execution.item.order_external_id
    if read is not None and external_id is not None:
        page = visit.connection.call(lambda shop: read(shop, external_id))
        if page is not None:
            store(visit, execution, page)
        else:
            mark_deleted(visit, execution, external_id)
    execution.succeed()
