"""`make audit`: what passes, what fails, and what is said."""

import json
from typing import Any

import pytest

from local.audit import SKIPPED, judge, main


@pytest.fixture(autouse=True)
def cloud() -> None:
    """Nothing here needs one."""


def found(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": [{"version": "1.0", **package} for package in packages], "fixes": []})


SOUND = {"name": "sound", "vulns": []}
BROKEN = {"name": "broken", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1", "2.0"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def test_a_vulnerability_fails_and_is_named() -> None:
    status, words = judge(found(SOUND, BROKEN, UNKNOWN))
    assert status == 1
    assert "audit: broken 1.0: CVE-2026-1, fixed in: 1.1, 2.0" in words


def test_none_passes_and_says_what_was_not_looked_at() -> None:
    assert judge(found(SOUND, UNKNOWN)) == (
        0,
        "audit: unknown could not be looked up\naudit: no known vulnerability in 1 packages",
    )


@pytest.mark.parametrize("said", ["", "Traceback", "{}", found(UNKNOWN, UNKNOWN), found()])
def test_where_nothing_can_be_looked_up_one_line_says_so(said: str) -> None:
    assert judge(said) == (0, SKIPPED)


@pytest.mark.parametrize(("asked", "status"), [([], 0), (["--required"], 2)])
def test_an_audit_that_was_asked_for_and_not_made_is_a_failure(
    asked: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.audit.audit", lambda _: "")
    monkeypatch.setattr("sys.argv", ["audit", *asked])
    assert main() == status
