"""The runtime knows no platform, and a platform's package knows no table."""

from chalicelib.catalog.bridge_types import catalog
from chalicelib.connectors.platforms import MODULES, find
from local.places import ROOT
from local.rooms import Module, modules

CONTRACT = {f"chalicelib.connectors.{name}" for name in ("shop", "platform", "faults")}
GROUND = ("chalicelib.kit", "chalicelib.catalog")
PACKAGES = sorted(path.name for path in (ROOT / "chalicelib/connectors").iterdir() if (path / "__init__.py").exists())


def package_of(module: Module) -> str | None:
    """The platform's package that a module is in."""
    inside = module.parts[:2] == ["chalicelib", "connectors"] and len(module.parts) > 2
    return module.parts[2] if inside and module.parts[2] in PACKAGES else None


def may_import(package: str, imported: str) -> bool:
    # `from chalicelib.connectors import faults` counts as an import of both modules.
    if imported in CONTRACT or imported == "chalicelib.connectors":
        return True
    return any(f"{imported}.".startswith(f"{name}.") for name in (*GROUND, f"chalicelib.connectors.{package}"))


def test_packages_import_only_the_contract_and_the_ground() -> None:
    found = [
        (module.name, imported.module)
        for module in modules()
        if (package := package_of(module)) is not None
        for imported in module.imports
        if imported.module.startswith(("chalicelib", "app")) and not may_import(package, imported.module)
    ]
    assert found == []


def test_nothing_imports_a_package_by_name() -> None:
    found = [
        (module.name, imported.module)
        for module in modules()
        if package_of(module) is None and module.name.startswith("chalicelib.")
        for imported in module.imports
        if any(imported.module.startswith(f"chalicelib.connectors.{package}") for package in PACKAGES)
    ]
    assert found == []


def test_every_package_is_listed_under_its_bridge_type() -> None:
    assert sorted({name.split(".")[0] for name in MODULES.values()}) == PACKAGES
    for bridge_type in MODULES:
        platform = find(bridge_type)
        assert platform is not None
        assert platform.id == bridge_type
        # The API reads it from the catalog, where it approves a request without knowing the package.
        assert platform.changes == frozenset(catalog()[bridge_type].changes)
