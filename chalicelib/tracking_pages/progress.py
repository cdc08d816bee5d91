"""The five steps of a shipment, from prepared to delivered."""

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.tracking_pages.markup import Html, element, fill
from chalicelib.tracking_pages.texts import Texts
from chalicelib.tracking_pages.timeline import normalize_status

_LAST_STEP: Final = 4
_STEP_OF_STATUS: Final = {
    "pending": 0,
    "label_created": 0,
    "picked_up": 1,
    "in_transit": 2,
    "exception": 2,
    "out_for_delivery": 3,
    "attempt_failed": 3,
    "available_for_pickup": 3,
    "delivered": _LAST_STEP,
}


def render_progress(status: str, checkpoints: Iterable[Mapping[str, object]], texts: Texts) -> Html | None:
    """The list of steps with the current one marked. None for returned, cancelled and unknown statuses."""
    if status not in _STEP_OF_STATUS:
        return None
    current = _STEP_OF_STATUS[status]
    if status == "exception":
        # An exception keeps the furthest step that the checkpoints reached, but never counts as delivered.
        reached = (_STEP_OF_STATUS.get(normalize_status(checkpoint), 0) for checkpoint in checkpoints)
        current = max([current, *(step for step in reached if step < _LAST_STEP)])
    names = list(texts.steps)
    if status == "available_for_pickup":
        names[3] = texts.step_pickup
    items = [_step(name, position, current, texts) for position, name in enumerate(names)]
    position = fill(texts.step_of, number=str(current + 1), total=str(len(names)))
    # After an exception or a failed attempt, the next step is not foreseeable.
    foreseeable = current < _LAST_STEP and status not in {"exception", "attempt_failed"}
    following = fill(texts.next_step, step=names[current + 1]) if foreseeable else None
    return element(
        "section",
        element("h2", texts.progress, class_="vh", id="progress"),
        element("ol", *items, role="list", class_="steps"),
        element("p", element("span", position), element("span", following) if following else None, class_="brief"),
        class_="card progress",
        aria_labelledby="progress",
    )


def _step(name: str, position: int, current: int, texts: Texts) -> Html:
    if position < current:
        state, label = "done", texts.step_done
    elif position == current:
        state, label = "now", texts.step_current
    else:
        state, label = "ahead", texts.step_ahead
    return element(
        "li",
        element("span", f"{label} ", class_="vh"),
        element("span", name, class_="step"),
        class_=state,
        aria_current="step" if state == "now" else None,
    )
