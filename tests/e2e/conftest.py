"""One local stack for all end-to-end tests, on its own ports and in its own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.stack import Stack, running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))
    # It judges the calls that the other tests caused.
    items.sort(key=lambda item: item.path == HERE / "test_roles.py")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The packaged artefact, running: `base_url`, `environment`, `client("sqs")`, and free ports for a receiver
    (`ports.receiver`) and for the bridge services of every type (`ports.bridge_service`). `calls` has
    every AWS call of its functions."""
    folder = tmp_path_factory.mktemp("stack")
    with running(folder, calls=folder / "calls.jsonl") as started:
        yield started


@pytest.fixture(scope="session")
def api_key(stack: Stack) -> str:
    """A key with every scope, of an organization without a config."""
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "End to end").splitlines())
    return printed["api_key"]
