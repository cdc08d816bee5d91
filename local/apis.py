"""Lets the local cloud update a REST API in place, as CloudFormation does on AWS.

ministack creates a second API when a definition changes and then deletes the first. Ours has a fixed address, so there
can't be a second one, and every new route would need a stack without data. Written for the pinned ministack version.
"""

from typing import Any

from ministack.services import apigateway_v1
from ministack.services.cloudformation import provisioners

Made = tuple[str, dict[str, Any]]


def overwrite(api_id: str, definition: dict[str, Any]) -> None:
    """Replace the API's paths with those of `definition`. Stages and deployments stay."""
    resources = apigateway_v1._resources[api_id]
    root = next(resource for resource in resources.values() if resource["path"] == "/")
    apigateway_v1._resources[api_id] = {root["id"]: {**root, "resourceMethods": {}}}
    schemes = apigateway_v1._import_security_schemes(api_id, definition)
    for path, operations in definition["paths"].items():
        apigateway_v1._import_path_item(api_id, path, operations, schemes, definition.get("security"))


def update_in_place() -> None:
    handlers = provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]
    update = handlers["update"]

    def updated(
        api_id: str, old: dict[str, Any], new: dict[str, Any], stack: str, logical_id: str | None = None
    ) -> Made:
        if new.get("Body") != old.get("Body"):
            overwrite(api_id, new["Body"])
        made: Made = update(api_id, {**old, "Body": new.get("Body")}, new, stack, logical_id=logical_id)
        return made

    handlers["update"] = updated
