"""The commands of the Makefile: their output, and one clear line when they are called wrongly."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pynamodb.expressions.operand import Path as Attribute

from chalicelib.bridges import shops
from chalicelib.orders.store import CustomerOrderItem
from chalicelib.search import terms
from chalicelib.shipments import index
from chalicelib.table.keys import Key
from chalicelib.table.transaction import delete, put, update
from local.commands import upgrades
from local.demo import seed
from local.places import ROOT
from tests.support.account import empty, everything
from tests.support.factories import Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order, shipment
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront

BRIDGES = "/api/v1/bridges"
COMMANDS = (
    *("delete_org", "export_org", "import_orders", "org", "orgs", "reindex", "relist_customers", "republish"),
    *("restore", "revoke_service_key", "service_key", "suspend_org", "trace"),
    "verify",
)


@pytest.fixture
def run(cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(monkeypatch, capsys)


class Run:
    """Runs a command in this process, on the test's table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, name: str, *arguments: str, keep: str = "") -> dict[str, str]:
        """The command's output by the first word of each line. `keep` names a command whose `enter` is left alone."""
        module = importlib.import_module(f"local.commands.{name}")
        if name != keep:
            for place in (module, upgrades):
                self.monkeypatch.setattr(place, "enter", lambda _: ("http://localhost:1", "oh_none"), raising=False)
        self.monkeypatch.setattr("local.commands.verify.REPAIR_PAUSE_S", 0)
        self.monkeypatch.setattr(sys, "argv", [name, *arguments])
        self.capsys.readouterr()
        module.main()
        lines = [line.split(maxsplit=1) for line in self.capsys.readouterr().out.splitlines()]
        return {first: rest for first, *more in lines for rest in [" ".join(more)]}

    def refused(self, name: str, *arguments: str) -> str:
        """The command's error, which is one line."""
        with pytest.raises(SystemExit) as ended:
            self(name, *arguments)
        message = str(ended.value.code)
        assert message.startswith("error: ")
        assert "\n" not in message
        return message


class TestOrg:
    def test_creates_an_organization_and_a_key_with_every_scope(self, run: Run) -> None:
        printed = run("org", "--name", "Acme")
        [key] = Client(printed["api_key"].split()[0]).get("/api/v1/api-keys").data
        assert set(key["scopes"]) == {"embed:manage", "bridges:sync", "keys:manage"}

    def test_needs_a_name(self, run: Run) -> None:
        assert 'make org NAME="Acme"' in run.refused("org", "--name", " ")


class TestServiceKey:
    @pytest.mark.parametrize("named_by", ["service_key", "key_id"])
    def test_works_until_it_is_revoked(self, run: Run, named_by: str) -> None:
        printed = run("service_key", "--type", "shopify")
        other = Client(run("service_key", "--type", "shopify")["service_key"].split()[0])
        client = Client(printed["service_key"].split()[0])
        assert client.get(BRIDGES).status == 200
        for _ in range(2):
            assert "shopify" in run("revoke_service_key", "--key", printed[named_by].split()[0])["revoked"]
        assert client.get(BRIDGES).code == "unauthorized"
        assert other.get(BRIDGES).status == 200

    def test_replaces_the_signing_secret_on_request(self, run: Run) -> None:
        first = run("service_key", "--type", "shopify")["signing_secret"]
        assert run("service_key", "--type", "shopify")["signing_secret"] == first
        replaced = run("service_key", "--type", "shopify", "--new-secret")["signing_secret"]
        assert replaced != first
        assert run("service_key", "--type", "shopify")["signing_secret"] == replaced

    def test_explains_wrong_arguments(self, run: Run) -> None:
        assert "shopify, shipstation" in run.refused("service_key", "--type", "ebay")
        assert "KEY=svc_" in run.refused("revoke_service_key", "--key", "")
        for unknown in ("svc_none", "a0b1c2d3-0000-8000-8000-000000000000"):
            assert "no such service key" in run.refused("revoke_service_key", "--key", unknown)


class TestRepublish:
    SPAN = ("--from", "2026-01-15T10:00:00Z", "--to", "2026-01-16")

    def test_names_every_missing_argument(self, run: Run) -> None:
        message = run.refused("republish", "--organization", "", "--from", "", "--to", "")
        assert all(f"{name}=" in message for name in ("ORG", "FROM", "TO"))

    def test_refuses_invalid_times_and_unknown_organizations(self, run: Run, acme: Acme) -> None:
        organization = ("--organization", acme.organization_id)
        assert "FROM and TO" in run.refused("republish", *organization, "--from", "soon", "--to", "later")
        assert "ORG" in run.refused("republish", "--organization", "nobody", *self.SPAN)
        assert run("republish", *organization, *self.SPAN)["0"].startswith("events were sent")


class TestRelistCustomers:
    def test_lists_orders_of_former_spellings_once(self, run: Run, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.privacy import identity
        from local.commands.relist_customers import former_spelling

        shop = Storefront(acme)
        with monkeypatch.context() as former:
            former.setattr(identity, "canonical_email", former_spelling)
            shop.order("1", "jane@xn--bcher-kva.example")
            shop.order("2", "jane@bücher.example")
        assert shop.customer("jane@bücher.example").get(f"{SHOP}/orders").json["total"] == 1
        for relisted in ("1", "0"):
            printed = run("relist_customers", "--organization", acme.organization_id)
            assert printed == {"2": f"orders were read, {relisted} listed again"}
            assert shop.customer("jane@bücher.example").get(f"{SHOP}/orders").json["total"] == 2

    def test_lists_orders_by_their_end_user(self, run: Run, acme: Acme) -> None:
        merchant = Merchant.of(acme)
        merchant.sync(order(1))
        (row,) = (row for row in everything() if row["pk"]["S"].startswith("CO#"))
        item = CustomerOrderItem.of(row)
        delete(item.key)
        item.sk = item.sk.partition("#")[2]
        assert put(item)
        assert merchant.orders("?search=jane@example.com")["data"] == []
        for relisted in ("1", "0"):
            printed = run("relist_customers", "--organization", acme.organization_id)
            assert printed == {"1": f"orders were read, {relisted} listed again"}
            assert merchant.orders("?search=jane@example.com")["pagination"]["total"] == 1
        assert len([row for row in everything() if row["pk"]["S"].startswith("CO#")]) == 1

    def test_refuses_an_unknown_organization(self, run: Run) -> None:
        assert "ORG:" in run.refused("relist_customers", "--organization", "nobody")


class TestReindex:
    def test_finds_what_was_stored_before_there_was_an_index(self, run: Run, acme: Acme) -> None:
        merchant = Merchant.of(acme)
        merchant.sync(order(1), order(2), shipments=[shipment(1), shipment(2), shipment(9)])
        for row in everything():
            key = Key(row["pk"]["S"], row["sk"]["S"])
            if row["pk"]["S"].startswith("SX#") or row["sk"]["S"].startswith(("jane", "doe")):
                delete(key)
            for name in (name for name in row if name.startswith("p#") or name == "pn"):
                update(key, [Attribute([name]).remove()])
        assert merchant.orders("?search=doe")["data"] == merchant.shipments("?carrier=ups")["data"] == []
        for indexed in ("5", "0"):
            printed = run("reindex", "--organization", acme.organization_id)
            assert printed == {"5": f"records were read, {indexed} indexed"}
            assert [merchant.orders(f"?search={text}")["pagination"]["total"] for text in ("doe", "1z")] == [2, 2]
            assert [len(row["shipments"]) for row in merchant.orders()["data"]] == [1, 1]
            assert merchant.shipments("?carrier=ups")["pagination"]["total"] == 3
            assert merchant.shipments("?search=ord-1")["pagination"]["total"] == 1

    @pytest.mark.parametrize("row", ["lacks its listing", "is missing"])
    def test_lists_bridges_by_their_shop(self, run: Run, acme: Acme, row: str) -> None:
        config = {"shopDomain": "mine.myshopify.com", "accessToken": "shpat"}
        bridge_id = acme.session().bridge(type="shopify", config=config)["id"]
        (stored,) = (each for each in everything() if "bridge_id" in each and each["bridge_id"]["S"] == bridge_id)
        key = Key(stored["pk"]["S"], stored["sk"]["S"])
        if row == "is missing":
            delete(key)
            (bridge,) = (each for each in everything() if "connected_shop" in each)
            update(Key(bridge["pk"]["S"], bridge["sk"]["S"]), [Attribute(["connected_shop"]).remove()])
        else:
            update(key, [Attribute(["g1pk"]).remove(), Attribute(["g1sk"]).remove()])
        assert shops.list_of_shop("shopify", "mine.myshopify.com") == []
        assert run("reindex", "--organization", acme.organization_id)["1"] == "bridges were listed by their shop"
        assert [each.id for each in shops.list_of_shop("shopify", "mine.myshopify.com")] == [bridge_id]
        assert "1" not in run("reindex", "--organization", acme.organization_id)

    def test_finds_without_accents_what_was_stored_with_them(
        self, run: Run, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        merchant = Merchant.of(acme)
        lines = [{"title": "Mug", "sku": "Café-1"}]
        with monkeypatch.context() as former:
            former.setattr(terms, "_without_accents", str.casefold)
            former.setattr(index, "order_number_term", str.casefold)
            merchant.sync(
                order(1, order_number="#Ö1", customer={"name": "Zoë Müller"}, line_items=lines), shipments=[shipment(1)]
            )
        texts = ("muller", "zoe", "o1", "cafe")
        assert [merchant.orders(f"?search={text}")["pagination"]["total"] for text in texts] == [0] * 4
        assert merchant.shipments("?search=o1")["pagination"]["total"] == 0
        for indexed in ("2", "0"):
            assert run("reindex", "--organization", acme.organization_id) == {
                "2": f"records were read, {indexed} indexed"
            }
            assert [merchant.orders(f"?search={text}")["pagination"]["total"] for text in texts] == [1] * 4
            assert merchant.shipments("?search=o1")["pagination"]["total"] == 1
        assert [row for row in everything() if row["sk"]["S"].startswith(("zoë", "müller"))] == []

    def test_refuses_an_unknown_organization(self, run: Run) -> None:
        assert "ORG:" in run.refused("reindex", "--organization", "nobody")
        assert "make reindex ORG=…" in run.refused("reindex", "--stage", "production")


class TestImport:
    @pytest.mark.parametrize(
        "line", ["{", "[]", json.dumps({"seller": "s"}), json.dumps({"order": {"external_id": "1"}})]
    )
    def test_names_the_line_that_is_not_valid(self, run: Run, tmp_path: Path, line: str) -> None:
        file = tmp_path / "orders.jsonl"
        file.write_text(f'{{"seller": "s", "order": {{}}, "shipment": null}}\n{line}\n')
        assert "orders.jsonl, line 2 " in run.refused("import_orders", "--file", str(file))

    def test_needs_a_file(self, run: Run, tmp_path: Path) -> None:
        assert "FILE is missing: make import FILE=" in run.refused("import_orders", "--file", "")
        assert "is not a file" in run.refused("import_orders", "--file", str(tmp_path))

    @pytest.mark.parametrize("command", ["import_orders", "verify"])
    @pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5"])
    def test_a_limit_is_a_positive_whole_number(self, run: Run, command: str, limit: str) -> None:
        assert "not a positive whole number" in run.refused(command, "--file", "orders.jsonl", f"--limit={limit}")


class TestImportAndVerify:
    """`make import` and `make verify` of one file, against the API in this process."""

    @pytest.fixture
    def imported(
        self, acme: Acme, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> Callable[..., dict[str, str]]:
        monkeypatch.setenv("LOCAL_FOLDER", str(tmp_path))
        monkeypatch.setenv("ORDERLY_API_KEY", acme.api_key)
        monkeypatch.setattr("local.commands.import_orders.environment", lambda _: {"BASE_URL": "http://api"})
        monkeypatch.setattr("local.commands.import_orders.WORKERS", 1)
        monkeypatch.setattr("local.commands.import_orders.requests.Session", InProcess)

        def call(command: str, *arguments: str) -> dict[str, str]:
            whose = ("--organization", acme.organization_id) if command == "verify" else ()
            if command == "verify":
                Pipeline().add_up()
            return run(command, "--file", str(tmp_path / "orders.jsonl"), *whose, *arguments, keep="import_orders")

        return call

    @staticmethod
    def write(folder: Path, *statuses: str, seller: str = "seller") -> None:
        lines = [
            {"seller": seller, "order": {"external_id": str(number), "status": status}, "shipment": None}
            for number, status in enumerate(statuses)
        ]
        (folder / "orders.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    def test_verify_compares_with_the_imported_lines(
        self, imported: Callable[..., dict[str, str]], tmp_path: Path
    ) -> None:
        self.write(tmp_path, "pending", "pending", "shipped", "shipped")
        assert "2 orders created" in imported("import_orders", "--limit", "2")["1"]
        assert "all counters are correct" in imported("verify")["1"]
        assert "2 orders created" in imported("import_orders")["1"]
        assert "all counters are correct" in imported("verify")["1"]
        assert "imported before" in imported("import_orders")["1"]

    def test_lines_that_follow_a_limit_within_a_batch_are_sent(
        self, acme: Acme, imported: Callable[..., dict[str, str]], tmp_path: Path
    ) -> None:
        self.write(tmp_path, *["pending"] * 120)
        imported("import_orders", "--limit", "3")
        assert "117 orders created" in imported("import_orders")["1"]

    def test_a_changed_file_is_sent_again_through_the_same_bridge(
        self, acme: Acme, imported: Callable[..., dict[str, str]], tmp_path: Path
    ) -> None:
        self.write(tmp_path, "pending")
        imported("import_orders")
        self.write(tmp_path, "shipped", "pending")
        assert "1 orders created" in imported("import_orders")["1"]
        assert "all counters are correct" in imported("verify")["1"]
        for progress in tmp_path.glob("imports-*.json"):
            progress.unlink()
        imported("import_orders")
        assert acme.server.get("/api/v1/bridges").json["pagination"]["total"] == 1

    def test_verify_reports_orders_that_differ_from_the_file(
        self, imported: Callable[..., dict[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.write(tmp_path, "pending")
        imported("import_orders")
        self.write(tmp_path, "shipped")
        with pytest.raises(SystemExit, match="1 differences in 1 end users"):
            imported("verify")

    def test_verify_needs_an_organization_and_an_end_user_that_exist(self, acme: Acme, run: Run) -> None:
        assert "no organization has that id" in run.refused("verify", "--organization", "unknown")
        known = ("--organization", acme.organization_id)
        assert "no end user" in run.refused("verify", *known, "--end-user", "unknown")


class InProcess:
    """Replaces a session of requests: calls go to the API in this process."""

    def request(self, method: str, url: str, *, json: Any, headers: dict[str, str], timeout: float) -> Any:
        assert timeout
        reply = Client(**headers).call(method, url.removeprefix("http://api"), json)
        return SimpleNamespace(
            ok=reply.status < 400, status_code=reply.status, text=reply.text, json=lambda: reply.json
        )


@pytest.mark.usefixtures("cloud")
class TestDemo:
    @staticmethod
    def load_or_create(monkeypatch: pytest.MonkeyPatch, path: Path) -> dict[str, Any]:
        def get(url: str, *, headers: dict[str, str], timeout: float) -> Any:
            assert timeout
            reply = Client(**headers).get(url.removeprefix("http://api"))
            return SimpleNamespace(status_code=reply.status)

        monkeypatch.setattr("local.demo.seed.requests.get", get)
        return seed.load_or_create(path, "http://api")

    def test_keeps_existing_data_and_is_created_anew_when_the_data_is_lost(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        path = tmp_path / "demo.json"
        first = self.load_or_create(monkeypatch, path)
        seed.write(path, first)
        assert self.load_or_create(monkeypatch, path) == first
        seed.write(path, {**first, "base_url": "http://api:81", "followed_page": "http://api:81/t/token"})
        assert self.load_or_create(monkeypatch, path)["followed_page"] == "http://api/t/token"
        empty()
        again = self.load_or_create(monkeypatch, path)
        assert again["organization_id"] != first["organization_id"]
        assert set(again["service_keys"]) == {"shopify", "shipstation", "woocommerce", "bigcommerce", "amazon"}
        assert Client(again["service_keys"]["shopify"]).get(BRIDGES).status == 200


class TestAnotherStage:
    """Each command runs in its own process, with no AWS settings but the given ones."""

    @staticmethod
    def refused(module: str, **environment: str) -> str:
        command = [sys.executable, "-m", module, "--stage", "production"]
        command += ["--name", "Acme"] if module.endswith("org") else []
        given = {"PATH": os.environ["PATH"], "HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true", **environment}
        ran = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (1, "")
        return ran.stderr

    @pytest.mark.parametrize("module", ["local.commands.org", "local.deploy"])
    def test_needs_a_region_and_credentials(self, module: str) -> None:
        assert self.refused(module).startswith("error: The AWS region is missing")
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            message = self.refused(module, **{name: "eu-central-1"})
            assert message.startswith("error: ")
            assert message.endswith("Unable to locate credentials\n")
            assert message.count("\n") == 1


class TestDeploy:
    @pytest.mark.parametrize(
        ("parameters", "message"),
        [
            (["MailFrom"], "'MailFrom' does not have the form Name=value"),
            (["MailFom=a@example.com"], "the template has no MailFom. It has MailFrom, "),
        ],
    )
    def test_wrong_parameters_are_reported_before_packaging(self, parameters: list[str], message: str) -> None:
        command = [sys.executable, "-m", "local.deploy", "--stage", "production", *parameters]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.startswith("error: ")
        assert message in ran.stderr
        assert ran.stderr.count("\n") == 1


def test_commands_do_not_import_the_local_cloud() -> None:
    # Importing it configures logging, and its libraries would then write into the output of commands.
    imports = "; ".join(f"import local.commands.{name}" for name in COMMANDS)
    check = f"import sys, logging; {imports}; print('ministack' in sys.modules, logging.getLogger().handlers)"
    ran = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ran.stdout.strip(), ran.stderr) == ("False []", "")


def test_every_command_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    files = (ROOT / "local" / "commands").glob("*.py")
    commands = {file.stem for file in files if "\ndef main()" in file.read_text()}
    assert commands == set(COMMANDS)
    assert all(f"local.commands.{name} " in makefile for name in commands)
