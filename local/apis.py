"""Lets the local cloud change a REST API in place, as CloudFormation does on AWS.

ministack makes another API when a definition has changed, and then deletes the first one. Ours has an address that is
known before it exists, so a second could not be made, and a new route would need a stack that starts from nothing. The
ministack that this knows is pinned.
"""

from typing import Any

from ministack.services import apigateway_v1
from ministack.services.cloudformation import provisioners

Made = tuple[str, dict[str, Any]]


def overwrite(api_id: str, definition: dict[str, Any]) -> None:
    """The paths of `definition` instead of those that were; stages and deployments stay."""
    resources = apigateway_v1._resources[api_id]
    root = next(resource for resource in resources.values() if resource["path"] == "/")
    apigateway_v1._resources[api_id] = {root["id"]: {**root, "resourceMethods": {}}}
    schemes = apigateway_v1._import_security_schemes(api_id, definition)
    for path, operations in definition["paths"].items():
        apigateway_v1._import_path_item(api_id, path, operations, schemes, definition.get("security"))


def change_in_place() -> None:
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
