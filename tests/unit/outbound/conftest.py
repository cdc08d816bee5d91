from collections.abc import Iterator

import pytest

from chalicelib.outbound.exchange import Limits
from chalicelib.outbound.sender import Sender
from tests.support.attempts import LONG, MakeSender
from tests.support.certificates import Authority


@pytest.fixture(autouse=True)
def cloud() -> None:
    """Overrides the AWS fixture, which these tests do not need."""


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def make_sender() -> Iterator[MakeSender]:
    made: list[Sender] = []

    def make(limits: Limits = LONG, **options: object) -> Sender:
        arguments = {"allow_loopback": True, "limits": limits, **options}
        made.append(Sender(**arguments))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for sender in made:
        sender.close()
