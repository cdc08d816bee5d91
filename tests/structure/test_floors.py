"""A room imports only from rooms below it. The table in docs/architecture.md has their order."""

from graphlib import TopologicalSorter

from local import graph
from local.rooms import floors, imports, modules, room_of


def test_every_room_has_its_floor() -> None:
    rooms = {module.room for module in modules()} - {"chalicelib"}
    assert sorted(floors()) == sorted(rooms)


def test_no_room_imports_one_above_it() -> None:
    height = {room: -floor for floor, room in enumerate(floors())}
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


def test_the_picture_of_the_rooms_is_current() -> None:
    assert graph.PICTURE.read_text() == graph.picture(), "run: make graph"
