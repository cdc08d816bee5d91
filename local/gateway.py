"""Adds the parts of the API's definition that ministack ignores.

ministack reads only paths and integrations from the template. The gateway's own responses and the headers of preflights
are in the same artefact; this module adds them through the AWS API and deploys the result.
"""

import json
from pathlib import Path
from typing import Any

from local.places import API_ID, API_STAGE


def complete(gateway: Any, artefact: Path) -> None:
    api = json.loads((artefact / "sam.json").read_text())["Resources"]["RestAPI"]["Properties"]
    put_gateway_responses(gateway, api["GatewayResponses"])
    put_preflights(gateway, api["DefinitionBody"]["paths"])
    gateway.create_deployment(restApiId=API_ID, stageName=API_STAGE)


def put_gateway_responses(gateway: Any, responses: dict[str, Any]) -> None:
    for response_type, response in responses.items():
        headers = response["ResponseParameters"]["Headers"]
        status = {"statusCode": response["StatusCode"]} if "StatusCode" in response else {}
        gateway.put_gateway_response(
            restApiId=API_ID,
            responseType=response_type,
            responseParameters={f"gatewayresponse.header.{name}": value for name, value in headers.items()},
            responseTemplates=response["ResponseTemplates"],
            **status,
        )


def put_preflights(gateway: Any, paths: dict[str, Any]) -> None:
    pages = gateway.get_paginator("get_resources").paginate(restApiId=API_ID)
    resources = {resource["path"]: resource["id"] for page in pages for resource in page["items"]}
    for path, operations in paths.items():
        preflight = operations.get("options")
        if preflight is None:
            continue
        response = preflight["x-amazon-apigateway-integration"]["responses"]["default"]
        target = {"restApiId": API_ID, "resourceId": resources[path], "httpMethod": "OPTIONS"}
        allowed = dict.fromkeys(response["responseParameters"], False)
        gateway.put_method_response(**target, statusCode=response["statusCode"], responseParameters=allowed)
        gateway.put_integration_response(**target, **response)
