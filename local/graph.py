"""`make graph`: draws the rooms and their imports as docs/rooms.svg.

Rooms are boxes in layers, each room above every room it imports from. Imports that follow from others (a room that
imports two rooms, of which one imports the other) are left out, so the arrows are the transitive reduction. Long arrows
pass through the gaps between boxes, where an invisible *waypoint* holds their place in each layer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from local.places import ROOT
from local.rooms import floors, imports, room_of

PICTURE = ROOT / "docs" / "rooms.svg"
WIDTH = 880
BOX_WIDTH, BOX_HEIGHT = 128, 28
GAP, WAYPOINT_WIDTH = 18, 12
LAYER_HEIGHT = 68
MARGIN = 20
SWEEPS = 24
"""Passes over the layers that sort each by its neighbours; more no longer change the result."""

Graph = dict[str, set[str]]


@dataclass
class Node:
    """A room, or a waypoint of an arrow (without a name)."""

    layer: int
    room: str | None = None
    x: float = 0.0

    @property
    def width(self) -> float:
        return BOX_WIDTH + GAP if self.room else WAYPOINT_WIDTH

    @property
    def y(self) -> float:
        """The top of its layer."""
        return MARGIN + self.layer * LAYER_HEIGHT


Edge = tuple[Node, Node]


def room_imports() -> Graph:
    graph: Graph = {room: set() for room in floors()}
    for importing, imported in imports():
        above, below = room_of(importing), room_of(imported)
        if above != below and below in graph:
            graph[above].add(below)
    return graph


def reachable(graph: Graph, room: str) -> set[str]:
    found: set[str] = set()
    waiting = [room]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def reduced(graph: Graph) -> Graph:
    """The transitive reduction of an acyclic graph."""
    indirect = {room: {far for near in below for far in reachable(graph, near)} for room, below in graph.items()}
    return {room: below - indirect[room] for room, below in graph.items()}


def layers_of(graph: Graph) -> dict[str, int]:
    """The layer of each room, 0 at the top: the longest path down from it decides."""
    height: dict[str, int] = {}
    for room in reversed(floors()):
        height[room] = 1 + max((height[below] for below in graph[room]), default=-1)
    top = max(height.values())
    return {room: top - each for room, each in height.items()}


def layout(graph: Graph) -> tuple[list[list[Node]], list[list[Node]]]:
    """The nodes of each layer from left to right, and the path of each arrow from its upper to its lower room."""
    layer = layers_of(graph)
    boxes = {room: Node(layer[room], room) for room in floors()}
    paths = []
    for room in floors():
        for below in sorted(graph[room], key=floors().index):
            waypoints = [Node(between) for between in range(layer[room] + 1, layer[below])]
            paths.append([boxes[room], *waypoints, boxes[below]])
    nodes = [*boxes.values(), *(node for path in paths for node in path[1:-1])]
    rows = [[node for node in nodes if node.layer == number] for number in range(max(layer.values()) + 1)]
    place(rows, [edge for path in paths for edge in pairwise(path)])
    return rows, paths


def place(rows: list[list[Node]], edges: list[Edge]) -> None:
    """Sort the nodes of each row and give each its x, near the middle of its neighbours."""
    above: dict[int, list[Node]] = {}
    below: dict[int, list[Node]] = {}
    for upper, lower in edges:
        above.setdefault(id(lower), []).append(upper)
        below.setdefault(id(upper), []).append(lower)
    for row in rows:
        spread(row, lambda node: node.x)
    for sweep in range(SWEEPS):
        neighbours, order = (above, rows) if sweep % 2 == 0 else (below, rows[::-1])
        for row in order:
            middle = {id(node): mean((each.x for each in neighbours.get(id(node), [])), node.x) for node in row}
            if sweep < SWEEPS // 2:
                row.sort(key=lambda node, middle=middle: middle[id(node)])  # type: ignore[misc]
            spread(row, lambda node, middle=middle: middle[id(node)])  # type: ignore[misc]


def mean(values: Iterable[float], default: float) -> float:
    found = list(values)
    return sum(found) / len(found) if found else default


def spread(row: list[Node], wanted: Callable[[Node], float]) -> None:
    """Set each x as near to the wanted one as the order and widths of the row allow, within the picture."""
    offsets = [sum(each.width for each in row[:index]) + node.width / 2 for index, node in enumerate(row)]
    # Isotonic regression: runs of nodes that would overlap move to their common mean.
    runs: list[tuple[float, int]] = []
    for node, offset in zip(row, offsets, strict=True):
        total, number = wanted(node) - offset, 1
        while runs and runs[-1][0] / runs[-1][1] > total / number:
            total, number = total + runs[-1][0], number + runs.pop()[1]
        runs.append((total, number))
    lefts = [total / number for total, number in runs for _ in range(number)]
    room_left = WIDTH - MARGIN - sum(node.width for node in row)
    for node, left, offset in zip(row, lefts, offsets, strict=True):
        node.x = min(max(left, MARGIN), room_left) + offset


def arrow(path: list[Node]) -> str:
    """A smooth line from the bottom of the upper box to the top of the lower one, straight down between other boxes."""
    drawn = f"M{path[0].x:.0f} {path[0].y + BOX_HEIGHT:.0f}"
    for upper, lower in pairwise(path):
        bottom, top = upper.y + BOX_HEIGHT, lower.y
        middle = (bottom + top) / 2
        drawn += f"C{upper.x:.0f} {middle:.0f} {lower.x:.0f} {middle:.0f} {lower.x:.0f} {top:.0f}"
        if lower.room is None:
            drawn += f"V{top + BOX_HEIGHT:.0f}"
    return f'<path d="{drawn}" marker-end="url(#tip)"/>'


def box(node: Node) -> str:
    left, middle = node.x - BOX_WIDTH / 2, node.y + BOX_HEIGHT / 2
    return (
        f'<rect x="{left:.0f}" y="{node.y:.0f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5"/>'
        f'<text x="{node.x:.0f}" y="{middle + 4.5:.0f}">{node.room}</text>'
    )


def picture() -> str:
    """The SVG. It depends on the floors and imports alone, so the same tree gives the same text."""
    rows, paths = layout(reduced(room_imports()))
    height = 2 * MARGIN + (len(rows) - 1) * LAYER_HEIGHT + BOX_HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">',
        "<title>The rooms of Orderly Embed and their imports, from the top floor to the bottom</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>',
        *(arrow(path) for path in paths),
        "<style>rect{fill:#eef2ff;stroke:#6366f1}text{fill:#1e1b4b;font:13px ui-monospace,monospace;text-anchor:middle}"
        "path{stroke:#94a3b8;stroke-width:1.2;fill:none}marker path{stroke:none;fill:#64748b}</style>",
        *(box(node) for row in rows for node in row if node.room),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    PICTURE.write_text(picture())
    print(Path(PICTURE).relative_to(ROOT))


if __name__ == "__main__":
    main()
