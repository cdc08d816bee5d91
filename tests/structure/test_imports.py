"""Who may import what: routes → service → store → table, never upward, and each library in its place."""

import pytest

from tests.structure.modules import Module, modules

BELOW = {"table", "http"}
"""Packages that are no domains."""
LAYERS = ("routes", "service", "store")
WRITERS = {("sync", "orders"), ("sync", "shipments")}
LIBRARIES = {
    "chalice": {"app", "chalicelib.http.gateway"},
    "boto3": set[str](),
    "botocore": {"chalicelib.aws", "chalicelib.table.connection"},
    "secrets": {"chalicelib.ids"},
    "random": {"chalicelib.table.reads", "chalicelib.webhooks.outcomes"},  # spreading load; nothing is guarded by it
    "requests": {"chalicelib.bridges.connection_test"},
    "http.client": {"chalicelib.webhooks.connections", "chalicelib.webhooks.sender"},
}


def violations(check: object) -> list[str]:
    assert callable(check)
    return [
        f"{module.name} imports {found.module} {', '.join(found.names)}"
        for module in modules()
        for found in module.imports
        if not found.only_for_types and check(module, found)
    ]


def domain_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "chalicelib" and len(parts) > 2 else None


class TestLibraries:
    @pytest.mark.parametrize("library", LIBRARIES)
    def test_are_imported_in_their_place_only(self, library: str) -> None:
        found = {
            module.name
            for module in modules()
            for imported in module.imports
            if imported.module == library or imported.module.startswith(f"{library}.")
        }
        assert found <= LIBRARIES[library]

    def test_items_are_made_of_pynamodb_in_table_and_stores_only(self) -> None:
        # Conditions and changes are built from an item's attributes where a transaction is; `expressions` types them.
        found = violations(
            lambda module, imported: (
                imported.module.split(".")[0] == "pynamodb"
                and not imported.module.startswith("pynamodb.expressions")
                and not _may_know_pynamodb(module)
            )
        )
        assert found == []

    def test_requests_are_answered_without_what_calls_receivers(self) -> None:
        # Tests of webhooks too are sent by a function of their own: `chalicelib.functions`.
        known = {module.name: module for module in modules()}
        reached, ahead = set[str](), ["chalicelib.routing", "chalicelib.http.gateway"]
        while ahead:
            name = ahead.pop()
            if name in known and name not in reached:
                reached.add(name)
                ahead += [found.module for found in known[name].imports if not found.only_for_types]
        assert "chalicelib.webhooks.service" in reached
        assert not reached & {"chalicelib.webhooks.sender", "chalicelib.webhooks.connections"}


def _may_know_pynamodb(module: Module) -> bool:
    # These two keep an item of their own each, and are no domain that would have a store for it.
    without_store = ("chalicelib.crypto", "chalicelib.http.idempotency")
    return module.domain == "table" or "store" in module.layer or module.name in without_store


class TestLayers:
    def test_nothing_below_the_domains_knows_one(self) -> None:
        found = violations(
            lambda module, imported: (
                module.domain in BELOW
                and module.name not in ("chalicelib.http.authenticate",)
                and domain_of(imported.module) not in (None, *BELOW)
            )
        )
        assert found == []

    def test_the_table_knows_nothing_of_http(self) -> None:
        assert violations(lambda m, i: m.domain == "table" and i.module.startswith("chalicelib.http")) == []

    def test_routes_are_imported_by_the_route_table_only(self) -> None:
        found = violations(
            lambda module, imported: imported.module.endswith("routes") and module.name != "chalicelib.routing"
        )
        assert found == []

    def test_services_and_stores_do_not_look_up(self) -> None:
        def looks_up(module: Module, layer_of: str) -> bool:
            return layer_of in LAYERS and module.layer in LAYERS and LAYERS.index(layer_of) < LAYERS.index(module.layer)

        found = violations(
            lambda module, imported: (
                module.domain not in BELOW
                and domain_of(imported.module) == module.domain
                and looks_up(module, imported.module.split(".")[-1])
            )
        )
        assert found == []

    def test_routes_go_through_the_service(self) -> None:
        def is_write(names: tuple[str, ...]) -> bool:
            return any(not name.endswith("Item") for name in names)

        found = violations(
            lambda module, imported: (
                module.layer.endswith("routes") and imported.module.endswith(".store") and is_write(imported.names)
            )
        )
        assert found == []

    def test_no_domain_uses_the_store_of_another(self) -> None:
        # Item classes may be named as types: services hand items to each other. The Sync API is how orders and
        # shipments are written: their stores are made for it.
        found = violations(
            lambda module, imported: (
                module.domain is not None
                and module.name != "chalicelib.http.authenticate"
                and imported.module.endswith(".store")
                and domain_of(imported.module) != module.domain
                and (module.domain, domain_of(imported.module)) not in WRITERS
                and any(not name.endswith(("Item", "Row")) for name in imported.names)
            )
        )
        assert found == []
