"""`make audit`: passing, failing and skipped audits."""

import json
from typing import Any

import pytest

from local.audit import SKIPPED, judge, main


def audit_output(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": [{"version": "1.0", **package} for package in packages], "fixes": []})


SOUND = {"name": "sound", "vulns": []}
BROKEN = {"name": "broken", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1", "2.0"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def test_a_vulnerability_fails_and_is_named() -> None:
    status, report = judge(audit_output(SOUND, BROKEN, UNKNOWN))
    assert status == 1
    assert "audit: broken 1.0: CVE-2026-1, fixed in: 1.1, 2.0" in report


def test_no_vulnerability_passes_and_names_unknown_packages() -> None:
    assert judge(audit_output(SOUND, UNKNOWN)) == (
        0,
        "audit: unknown could not be looked up\naudit: no known vulnerability in 1 packages",
    )


@pytest.mark.parametrize("output", ["", "Traceback", "{}", audit_output(UNKNOWN, UNKNOWN), audit_output()])
def test_an_unreachable_database_skips_the_audit(output: str) -> None:
    assert judge(output) == (0, SKIPPED)


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--required"], 2)])
def test_a_skipped_audit_fails_if_it_was_required(
    arguments: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.audit.audit", lambda _: "")
    monkeypatch.setattr("sys.argv", ["audit", *arguments])
    assert main() == status
