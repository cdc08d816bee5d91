from pathlib import Path

import pytest

from tests.support.receivers import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    directory: Path = tmp_path_factory.mktemp("certificates")
    return Authority(directory)
