"""Libraries are imported in their rooms only, and rooms keep their layers: routes → service → own store."""

import pytest

from local.rooms import Import, Module, modules, room_of

LAYERS = ("routes", "service", "store")
PRODUCT = [module for module in modules() if module.name.split(".")[0] in ("app", "chalicelib")]
WRITERS = {("sync", "orders"), ("sync", "shipments")}
"""The Sync API writes orders and shipments, so it may use their stores."""
LIBRARIES = {
    "chalice": {"app", "chalicelib.api.gateway"},
    "boto3": set[str](),
    "botocore": {"chalicelib.kit.aws", "chalicelib.table.connection", "chalicelib.table.short_path"},
    "secrets": {"chalicelib.kit.ids"},
    # For spreading load, not for security.
    "random": {"chalicelib.table.reads", "chalicelib.table.short_path", "chalicelib.webhooks.outcomes"},
    "requests": {"chalicelib.bridges.connectivity"},
    "http.client": {
        f"chalicelib.outbound.{name}" for name in ("budget", "caller", "connections", "exchange", "failures", "sender")
    },
}


def is_of(imported: Import, library: str) -> bool:
    return imported.module == library or imported.module.startswith(f"{library}.")


class TestLibraries:
    @pytest.mark.parametrize("library", LIBRARIES)
    def test_are_imported_in_their_rooms_only(self, library: str) -> None:
        importing = {module.name for module in PRODUCT for found in module.imports if is_of(found, library)}
        assert importing <= LIBRARIES[library]

    def test_pynamodb_is_used_in_table_and_stores_only(self) -> None:
        # Conditions and changes are built from attributes beside a transaction; `expressions` has their types.
        importing = {
            module.name
            for module in PRODUCT
            for found in module.imports
            if is_of(found, "pynamodb") and not is_of(found, "pynamodb.expressions") and not may_know_pynamodb(module)
        }
        assert importing == set()

    def test_the_api_does_not_import_what_calls_receivers(self) -> None:
        # Another function sends tests of webhooks; see `chalicelib.kit.aws`.
        known = {module.name: module for module in PRODUCT}
        declaring = [name for name in known if name.endswith("routes")]
        reached, ahead = set[str](), ["chalicelib.api.gateway", *declaring]
        while ahead:
            name = ahead.pop()
            if name in known and name not in reached:
                reached.add(name)
                ahead += [found.module for found in known[name].imports if not found.only_for_types]
        assert "chalicelib.webhooks.service" in reached
        assert not reached & {"chalicelib.outbound.sender", "chalicelib.outbound.connections"}


def may_know_pynamodb(module: Module) -> bool:
    # These have one item each, and no store for it.
    without_store = ("chalicelib.security.crypto", "chalicelib.api.idempotency")
    return module.room == "table" or "store" in module.layer or module.name in without_store


class TestLayers:
    def test_routes_are_not_imported(self) -> None:
        # `api.routing` imports them by name.
        found = [
            (module.name, imported.module)
            for module in modules()
            for imported in module.imports
            if imported.module.startswith("chalicelib.") and imported.module.endswith("routes")
        ]
        assert found == []

    def test_services_and_stores_import_downwards_only(self) -> None:
        def looks_up(module: Module, imported: Import) -> bool:
            layer = imported.module.split(".")[-1]
            if room_of(imported.module) != module.room or layer not in LAYERS or module.layer not in LAYERS:
                return False
            return LAYERS.index(layer) < LAYERS.index(module.layer)

        found = [(m.name, i.module) for m in PRODUCT for i in m.imports if looks_up(m, i)]
        assert found == []

    def test_routes_use_the_service_only(self) -> None:
        found = [
            (module.name, imported.names)
            for module in PRODUCT
            for imported in module.imports
            if module.layer.endswith("routes") and is_store_use(imported)
        ]
        assert found == []

    def test_no_room_uses_the_store_of_another(self) -> None:
        # Item classes may be used as types, since services exchange items.
        found = [
            (module.name, imported.module, imported.names)
            for module in PRODUCT
            for imported in module.imports
            if is_store_use(imported)
            and room_of(imported.module) != module.room
            and (module.room, room_of(imported.module)) not in WRITERS
        ]
        assert found == []

    def test_there_are_no_re_exports(self) -> None:
        # A re-export would circumvent the rules above.
        assert [module.name for module in PRODUCT if "__all__" in module.text] == []


def is_store_use(imported: Import) -> bool:
    """Whether the import takes more from a store than item classes."""
    return imported.module.endswith(".store") and any(not name.endswith(("Item", "Row")) for name in imported.names)
