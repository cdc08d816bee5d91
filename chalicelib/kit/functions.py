"""Asking another function of ours and waiting for its answer: what is done there takes rights that this one lacks."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import aws, codec


class NotAnswered(Exception):
    """It could not be asked, or failed. Whether it had done something before is not known."""


def ask(function: str, wanted: Mapping[str, Any]) -> Any:
    client = aws.client("lambda")
    try:
        payload = codec.dumps(wanted).encode()
        answer = client.invoke(FunctionName=function, InvocationType="RequestResponse", Payload=payload)
        said = answer["Payload"].read()
        if "FunctionError" not in answer:
            return codec.loads(said)
    except Exception as failure:
        raise NotAnswered(function) from failure
    finally:
        # Asking is not repeated, and a connection that was kept while this process stood still may be a dead one.
        client.close()
    raise NotAnswered(function)
