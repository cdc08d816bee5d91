"""A room imports only from rooms below it; the order of the floors stands in docs/architecture.md."""

import re
from graphlib import TopologicalSorter

from tests.structure.modules import ROOT, modules, room_of

OURS = ("app", "chalicelib", "infra", "local")
FLOORS = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/architecture.md").read_text(), re.MULTILINE)
"""From the top to the bottom."""


def imports() -> list[tuple[str, str]]:
    """Module and imported module, within the project. Imports for types count: they are knowledge too."""
    known = {module.name for module in modules()}
    return [
        (module.name, found.module)
        for module in modules()
        for found in module.imports
        if found.module in known and found.module != module.name and found.module.split(".")[0] in OURS
    ]


def test_every_room_has_its_floor() -> None:
    rooms = {module.room for module in modules()} - {"chalicelib"}
    assert sorted(FLOORS) == sorted(rooms)


def test_no_room_imports_one_above_it() -> None:
    height = {room: -floor for floor, room in enumerate(FLOORS)}
    upward = [
        f"{importing} imports {imported}"
        for importing, imported in imports()
        if room_of(importing) != room_of(imported) and height[room_of(importing)] <= height[room_of(imported)]
    ]
    assert upward == []


def test_no_file_imports_itself_through_others() -> None:
    packages = {module.name for module in modules() if module.path.name == "__init__.py"}
    graph: dict[str, set[str]] = {}
    for importing, imported in imports():
        if imported not in packages:
            graph.setdefault(importing, set()).add(imported)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the files
