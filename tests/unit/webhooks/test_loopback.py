"""Loopback receivers are allowed on the local stack only; a deployed stage refuses to start with that setting."""

from collections.abc import Iterator

import pytest

from chalicelib.kit.settings import LoopbackNotAllowed, settings


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize("stage", ["production", "staging", "dev", "Local", ""])
def test_a_deployed_stage_refuses_the_setting(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    monkeypatch.setenv("STAGE", stage)
    monkeypatch.setenv("ALLOW_LOOPBACK", "1")
    with pytest.raises(LoopbackNotAllowed):
        settings()


@pytest.mark.parametrize(("value", "allowed"), [("1", True), ("", False), ("0", False), ("yes", False)])
def test_the_local_stack_allows_it_if_configured(monkeypatch: pytest.MonkeyPatch, value: str, allowed: bool) -> None:
    monkeypatch.setenv("STAGE", "local")
    monkeypatch.setenv("ALLOW_LOOPBACK", value)
    assert settings().allow_loopback is allowed
