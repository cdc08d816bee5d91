"""For all tests: no network beyond this machine, invalid AWS credentials, and the same examples each time."""

import gc
import ipaddress
import os
import sys
from collections.abc import Callable
from typing import Any

import pytest
from _pytest import runner
from _pytest.nodeid import coerce_node_id
from hypothesis import settings

os.environ.update(
    {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
)
os.environ.pop("AWS_PROFILE", None)

settings.register_profile("checks", deadline=None, derandomize=True)
settings.load_profile("checks")


def is_here(host: Any) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "", None)


def is_number(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def keep_inside(event: str, arguments: tuple[Any, ...]) -> None:
    """Fails a test that uses the network, even if a library ignores the error."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            raise RuntimeError(f"A test tried to connect to {address}")
    elif event == "socket.getaddrinfo" and not (is_here(arguments[0]) or is_number(arguments[0])):
        raise RuntimeError(f"A test tried to resolve {arguments[0]}")


sys.addaudithook(keep_inside)


def with_room(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with space for many frames above it.

    Python 3.11 keeps frames in chunks of 16 KB. At a depth where one chunk ends and the next begins, every call maps
    memory and returning unmaps it: a fifth of the tests' time. A frame that needs most of a large chunk leaves its rest
    to the calls above it."""

    def call(*arguments: Any, **named: Any) -> Any:
        return function(*arguments, **named)

    call.__code__ = call.__code__.replace(co_stacksize=70_000)
    return call


setattr(runner, "runtestprotocol", with_room(runner.runtestprotocol))  # noqa: B010 - not for type checkers


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the tests of a group in one process. pytest-xdist 3.8 writes the group to an attribute that pytest 9.2 does
    not read any more, so that groups were spread, and each process started a stack of its own."""
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped is not None:
            item._id = coerce_node_id(grouped)


def pytest_collection_finish() -> None:
    """Keeps the garbage collector from looking through all modules and tests again and again."""
    gc.freeze()
