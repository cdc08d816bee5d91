"""The operators' commands: what they print and do, and the runbook's command lines as they stand on the page."""

import importlib
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.validate import ParamValidator

from chalicelib.organizations import configs, suspension
from chalicelib.organizations.store import OrganizationItem
from chalicelib.table import keys
from chalicelib.table.transaction import update
from chalicelib.totals.store import counter
from local.commands import verify as verify_command
from local.places import ROOT
from tests.support.account import client, everything
from tests.support.factories import Acme
from tests.support.full_world import populate
from tests.support.pipeline import Pipeline
from tests.support.world import NUMBER, World

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
Run = Callable[..., str]


@pytest.fixture
def run(cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, on the test's table, and returns its output."""

    def run(name: str, *arguments: str) -> str:
        module = importlib.import_module(f"local.commands.{name}")
        monkeypatch.setattr(module, "enter", lambda _: None)
        monkeypatch.setattr(verify_command, "REPAIR_PAUSE_S", 0)
        monkeypatch.setattr("chalicelib.operations.deletion.INDEX_LAG_S", 0)
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        capsys.readouterr()
        module.main()
        return capsys.readouterr().out

    return run


def refused(run: Run, *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    message = str(ended.value.code)
    assert message.startswith("error: ")
    assert "\n" not in message
    return message


@pytest.fixture
def world(acme: Acme) -> World:
    world = World.of(acme)
    assert world.shop
    Pipeline().add_up()
    return world


class TestOrgs:
    def test_lists_what_each_organization_uses(self, run: Run, world: World) -> None:
        lines = {line.split()[0]: line.split() for line in run("orgs").splitlines() if line.strip()}
        assert lines[world.acme.organization_id][1:] == ["Acme", "active", "2", "1", "1", "1"]
        assert lines[world.stranger.organization_id][1:] == ["Acme", "active", "1", "0", "0", "0"]
        suspension.suspend(world.acme.organization_id)
        assert f"{world.acme.organization_id}  Acme" in run("orgs")
        assert "suspended" in run("orgs")

    def test_finds_organizations_from_before_the_list(self, run: Run, world: World) -> None:
        both = (world.acme.organization_id, world.stranger.organization_id)
        for organization_id in both:
            update(keys.organization(organization_id), [OrganizationItem.g1pk.remove(), OrganizationItem.g1sk.remove()])
        assert "0 organizations" in run("orgs")
        assert f"listed  {both[0]}" in run("orgs", "--repair")
        assert "1 organizations" in run("orgs")
        world.stranger.configure(branding={"name": "New"})
        assert "2 organizations" in run("orgs")
        assert f"listed  {both[1]}" in run("orgs", "--repair", "--organization", both[1])
        assert "ORG" in refused(run, "orgs", "--repair", "--organization", "nobody")


class TestSuspension:
    def test_says_what_it_does_and_is_undone_by_the_other_command(self, run: Run, world: World) -> None:
        organization = ("--organization", world.acme.organization_id)
        assert "Suspending Acme" in run("suspend_org", *organization)
        assert world.acme.server.get("/api/v1/api-keys").status == 403
        assert "Resuming Acme" in run("suspend_org", *organization, "--resume")
        assert world.acme.server.get("/api/v1/api-keys").status == 200

    def test_explains_wrong_arguments(self, run: Run) -> None:
        assert "make suspend-org ORG=" in refused(run, "suspend_org", "--organization", "")
        assert "make resume-org ORG=" in refused(run, "suspend_org", "--organization", "", "--resume")
        assert "no organization has that id" in refused(run, "suspend_org", "--organization", "nobody")


class TestExport:
    def test_writes_a_line_for_each_item(self, run: Run, world: World, tmp_path: Path) -> None:
        populate(world)
        file = tmp_path / "acme.jsonl"
        printed = run("export_org", "--organization", world.acme.organization_id, "--file", str(file))
        records = [json.loads(line) for line in file.read_text().splitlines()]
        assert f"{len(records)} items" in printed
        assert [path.name for path in tmp_path.iterdir()] == ["acme.jsonl"]
        stored = {(row["pk"]["S"], row["sk"]["S"]) for row in everything() if world.acme.organization_id in str(row)}
        assert stored <= {(record["pk"], record["sk"]) for record in records}

    def test_continues_after_an_interruption(
        self, run: Run, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from local.commands import export_org

        populate(world)
        whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
        organization = ("--organization", world.acme.organization_id)
        run("export_org", *organization, "--file", str(whole))
        saves = 0
        save = export_org.save

        def dying(file: Path, value: Any) -> None:
            nonlocal saves
            saves += 1
            if saves == 20:
                raise KeyboardInterrupt
            save(file, value)

        monkeypatch.setattr(export_org, "save", dying)
        with pytest.raises(KeyboardInterrupt):
            run("export_org", *organization, "--file", str(broken))
        with broken.open("a") as file:
            file.write('{"half a li')
        run("export_org", *organization, "--file", str(broken))
        assert {*map(str.strip, whole.open())} == {*map(str.strip, broken.open())}

    def test_does_not_overwrite(self, run: Run, world: World, tmp_path: Path) -> None:
        file = tmp_path / "acme.jsonl"
        file.write_text("precious")
        organization = ("--organization", world.acme.organization_id)
        assert "exists already" in refused(run, "export_org", *organization, "--file", str(file))
        assert "ORG or FILE is missing" in refused(run, "export_org", *organization, "--file", "")
        assert "cannot be written" in refused(run, "export_org", *organization, "--file", "/nowhere/acme.jsonl")


class TestDeletion:
    def test_asks_and_reports(self, run: Run, world: World) -> None:
        organization = ("--organization", world.acme.organization_id)
        assert "YES=1" in refused(run, "delete_org", *organization)
        assert configs.find(world.acme.organization_id) is not None
        printed = run("delete_org", *organization, "--yes")
        assert "2 end users, 1 bridges, 1 orders" in printed
        assert re.search(r"deleted +1  Organization\n", printed)
        assert [row for row in everything() if world.acme.organization_id in str(row)] == []
        assert "an organization that is gone" in run("delete_org", *organization, "--yes")

    def test_explains_wrong_arguments(self, run: Run) -> None:
        assert "make delete-org ORG=" in refused(run, "delete_org", "--organization", "", "--yes")
        assert "not an organization id" in refused(run, "delete_org", "--organization", "x", "--yes")


class TestVerify:
    def test_repairs_wrong_counters_of_all_organizations(self, run: Run, world: World) -> None:
        org, user = world.acme.organization_id, world.owner.end_user_id
        assert "all counters are correct" in run("verify")
        update(keys.end_user_stats(org, user), [counter("o#pending").add(2)])
        update(keys.bridge_stats(org, world.shop.bridge["id"], user), [counter("s#delivered").add(1)])
        update(keys.organization_stats(org), [counter("end_users").add(5)])
        # The totals are behind, too: no stream.
        assert "4 differences" in refused(run, "verify")
        printed = run("verify", "--repair")
        assert printed.count("repaired  ") == 3
        assert "all counters are correct" in printed
        assert "repaired" not in run("verify", "--repair")


class TestRestore:
    AT = "2026-01-15T10:00:00Z"

    def test_gives_the_table_what_a_restored_one_lacks(self, run: Run, world: World) -> None:
        printed = run("restore", "--at", self.AT)
        name = "orderly-embed-20260115T100000"
        dynamodb = client("dynamodb")
        table = dynamodb.describe_table(TableName=name)["Table"]
        assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        expiry = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires")
        assert f"ExistingTable={name} ExistingTableStream={table['LatestStreamLabel']} ExistingKeyArn=" in printed
        found = dynamodb.scan(TableName=name)["Items"]
        assert sorted(map(str, found)) == sorted(map(str, everything()))
        # Started again, it goes on with the table that is there.
        assert table["LatestStreamLabel"] in run("restore", "--at", self.AT)

    def test_completes_a_table_that_was_restored_otherwise(self, run: Run, world: World) -> None:
        dynamodb = client("dynamodb")
        at = datetime(2026, 1, 15, tzinfo=UTC)
        dynamodb.restore_table_to_point_in_time(
            SourceTableName="orderly-embed", TargetTableName="from-backup", RestoreDateTime=at
        )
        printed = run("restore", "--table", "from-backup")
        label = dynamodb.describe_table(TableName="from-backup")["Table"]["LatestStreamLabel"]
        assert f"ExistingTable=from-backup ExistingTableStream={label}" in printed
        assert "does not exist" in refused(run, "restore", "--table", "nowhere")

    @pytest.mark.parametrize("at", ["", "yesterday", "2026-01-15T10:00:00", "2999-01-15T10:00:00Z"])
    def test_explains_wrong_arguments(self, run: Run, at: str) -> None:
        assert "2026-01-15T10:00:00Z" in refused(run, "restore", "--at", at)


def fill(line: str, world: World, folder: Path) -> str:
    """The command line with its placeholders filled in."""
    line = line.replace("<restored table>", "orderly-embed")
    line = line.replace("STAGE=…", "STAGE=local").replace("<organization id>", world.acme.organization_id)
    line = line.replace("<order number>", NUMBER).replace("acme.jsonl", str(folder / "acme.jsonl"))
    return line.replace("TYPE=…", "TYPE=shopify")


def command_lines() -> list[str]:
    """Without deployments, which the end-to-end tests run on the local stack."""
    found = [" ".join(line.split()) for line in re.findall(r"`(make [^`]+)`", RUNBOOK)]
    return [line for line in dict.fromkeys(found) if not line.startswith("make deploy")]


@pytest.mark.parametrize("line", command_lines())
def test_every_command_line_of_the_runbook_works(line: str, run: Run, world: World, tmp_path: Path) -> None:
    if "KEY=" in line:
        from chalicelib.api_keys.service import create_service_key

        line = re.sub(r"KEY=\S+", f"KEY={create_service_key('shopify').key}", line)
    filled = fill(line, world, tmp_path)
    assert "…" not in filled
    expanded = subprocess.run(
        ["make", "-n", *shlex.split(filled)[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    command = shlex.split(next(each for each in expanded.stdout.splitlines() if "-m local.commands." in each))
    name, *arguments = command[command.index("-m") + 1 :]
    assert run(name.removeprefix("local.commands."), *arguments) != ""


@pytest.mark.parametrize("line", [" ".join(line.split()) for line in re.findall(r"`(aws [^`]+)`", RUNBOOK)])
def test_every_line_for_the_aws_cli_is_a_complete_call(line: str) -> None:
    """AWS's own models say so: the local cloud has no command line, and not all of these calls."""
    service, command, *options = shlex.split(re.sub(r"<[^>]+>", "filled-in", line))[1:]
    operation = client(service).meta.service_model.operation_model(command.title().replace("-", ""))
    members = {name.lower(): name for name in operation.input_shape.members}
    names = [option.removeprefix("--").replace("-", "") for option in options[::2]]
    given = {members[name]: value for name, value in zip(names, options[1::2], strict=True)}
    assert not ParamValidator().validate(given, operation.input_shape).has_errors()


def test_the_runbook_has_every_command_for_operators() -> None:
    targets = {line.split()[1] for line in command_lines()}
    wanted = {
        "orgs",
        "suspend-org",
        "resume-org",
        "export-org",
        "delete-org",
        "trace",
        "verify",
        "republish",
        "restore",
    }
    assert wanted <= targets
