"""The local cloud updates an API in place and keeps its stages."""

from typing import Any

import pytest
from ministack.services import apigateway_v1 as gateway
from ministack.services.cloudformation import provisioners

from local import apis
from local.places import API_ID

KIND = "AWS::ApiGateway::RestApi"
TAGS = [{"Key": "ms-custom-id", "Value": API_ID}]


def definition(*paths: str) -> dict[str, Any]:
    operation = {"x-amazon-apigateway-integration": {"type": "mock"}}
    return {"swagger": "2.0", "info": {"title": "api"}, "paths": {path: {"get": operation} for path in paths}}


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = dict(provisioners._RESOURCE_HANDLERS[KIND])
    monkeypatch.setitem(provisioners._RESOURCE_HANDLERS, KIND, found)
    apis.update_in_place()
    yield found
    gateway._delete_rest_api(API_ID)


def served(path: str) -> bool:
    resource, _ = gateway._match_resource_tree(API_ID, path.strip("/").split("/"))
    return bool(resource) and "GET" in resource["resourceMethods"]


def test_routes_change_and_stages_stay(handlers: Any) -> None:
    old = {"Body": definition("/health", "/a/{id}", "/a/{id}/b"), "Tags": TAGS, "Name": "one"}
    new = {"Body": definition("/health", "/a/{id}/b", "/c"), "Tags": TAGS, "Name": "two"}
    api_id, _ = handlers["create"]("RestAPI", old, "stack")
    gateway._create_deployment(API_ID, {"stageName": "api"})
    assert (api_id, served("/a/1"), served("/c")) == (API_ID, True, False)

    for before, after, has_new_route in ((old, new, True), (new, new, True), (new, old, False)):
        changed, attributes = handlers["update"](API_ID, before, after, "stack", logical_id="RestAPI")
        assert (changed, attributes["RestApiId"]) == (API_ID, API_ID)
        assert gateway._resources[API_ID][attributes["RootResourceId"]]["path"] == "/"
        assert [served(path) for path in ("/health", "/a/1/b", "/a/1", "/c")] == [
            True,
            True,
            not has_new_route,
            has_new_route,
        ]
        assert gateway._rest_apis[API_ID]["name"] == after["Name"]
        assert list(gateway._stages_v1[API_ID]) == ["api"]
