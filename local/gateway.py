"""Gives the local API Gateway what ministack passes over when it reads an API's definition.

Of the definition in the template it takes paths and integrations only. The gateway's own answers and the headers of
preflights stand in the same artefact, so they are put in by the calls that AWS has for it, then deployed.
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
    for kind, made in responses.items():
        headers = made["ResponseParameters"]["Headers"]
        status = {"statusCode": made["StatusCode"]} if "StatusCode" in made else {}
        gateway.put_gateway_response(
            restApiId=API_ID,
            responseType=kind,
            responseParameters={f"gatewayresponse.header.{name}": value for name, value in headers.items()},
            responseTemplates=made["ResponseTemplates"],
            **status,
        )


def put_preflights(gateway: Any, paths: dict[str, Any]) -> None:
    pages = gateway.get_paginator("get_resources").paginate(restApiId=API_ID)
    resources = {resource["path"]: resource["id"] for page in pages for resource in page["items"]}
    for path, operations in paths.items():
        preflight = operations.get("options")
        if preflight is None:
            continue
        answer = preflight["x-amazon-apigateway-integration"]["responses"]["default"]
        target = {"restApiId": API_ID, "resourceId": resources[path], "httpMethod": "OPTIONS"}
        allowed = dict.fromkeys(answer["responseParameters"], False)
        gateway.put_method_response(**target, statusCode=answer["statusCode"], responseParameters=allowed)
        gateway.put_integration_response(**target, **answer)
