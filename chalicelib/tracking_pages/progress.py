"""How far a parcel has come, as the five steps a shopper knows."""

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.tracking_pages.markup import Html, element, fill
from chalicelib.tracking_pages.texts import Texts
from chalicelib.tracking_pages.timeline import status_of

_LAST: Final = 4
_STEP: Final = {
    "pending": 0,
    "label_created": 0,
    "picked_up": 1,
    "in_transit": 2,
    "exception": 2,
    "out_for_delivery": 3,
    "attempt_failed": 3,
    "available_for_pickup": 3,
    "delivered": _LAST,
}


def steps(status: str, checkpoints: Iterable[Mapping[str, object]], texts: Texts) -> Html | None:
    """The list of steps with the current one marked; None where the journey ended elsewhere (returned, cancelled)."""
    if status not in _STEP:
        return None
    current = _STEP[status]
    if status == "exception":
        # A parcel that is held up stays where it had got to, but is never shown as delivered.
        reached = (_STEP.get(status_of(checkpoint), 0) for checkpoint in checkpoints)
        current = max([current, *(step for step in reached if step < _LAST)])
    names = list(texts.steps)
    if status == "available_for_pickup":
        names[3] = texts.step_pickup
    items = [_step(name, position, current, texts) for position, name in enumerate(names)]
    position = fill(texts.step_of, number=str(current + 1), total=str(len(names)))
    # Where something went wrong, what comes next is the carrier's to say.
    foreseeable = current < _LAST and status not in {"exception", "attempt_failed"}
    ahead = fill(texts.next_step, step=names[current + 1]) if foreseeable else None
    return element(
        "section",
        element("h2", texts.progress, class_="vh", id="progress"),
        element("ol", *items, role="list", class_="steps"),
        element("p", element("span", position), element("span", ahead) if ahead else None, class_="brief"),
        class_="card progress",
        aria_labelledby="progress",
    )


def _step(name: str, position: int, current: int, texts: Texts) -> Html:
    if position < current:
        state, said = "done", texts.step_done
    elif position == current:
        state, said = "now", texts.step_current
    else:
        state, said = "ahead", texts.step_ahead
    return element(
        "li",
        element("span", f"{said} ", class_="vh"),
        element("span", name, class_="step"),
        class_=state,
        aria_current="step" if state == "now" else None,
    )
