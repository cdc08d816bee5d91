"""A merchant without a mouse."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? null : at;
}"""
IS_SEEN = """element => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, width } = element.getBoundingClientRect();
    const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return isMarked && width > 0 && bottom > 0 && top < innerHeight;
}"""

IS_BEHIND = """(focused, target) => {
    const path = (each) => (each ? [...path(each.getRootNode().host), each] : []);
    const [mine, its] = [path(focused), path(target)];
    const level = mine.findIndex((each, at) => each !== its[at]);
    return level >= 0 && Boolean(mine[level].compareDocumentPosition(its[level]) & Node.DOCUMENT_POSITION_PRECEDING);
}"""


class Keyboard:
    """Presses keys, counts them apart from what is typed, and sees to it that the focus can always be seen."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.pressed = 0

    def press(self, key: str) -> None:
        self.tab.keyboard.press(key)
        self.pressed += 1

    def reach(self, target: Locator) -> None:
        """By Tab, or by Shift+Tab if it is behind."""
        expect(target).to_be_visible()
        is_behind = target.evaluate(f"target => ({IS_BEHIND})(({FOCUSED})(), target)")
        for _ in range(MOST_TABS):
            if self.is_at(target):
                return
            self.press("Shift+Tab" if is_behind else "Tab")
            assert self.tab.evaluate_handle(FOCUSED).as_element() is not None, f"left the page before {target}"
            assert self.is_seen(), (
                f"on the way to {target} the focus is not seen at {self.tab.evaluate(f'({FOCUSED})().outerHTML')}"
            )
        raise AssertionError(f"the keyboard does not reach {target}")

    def is_at(self, target: Locator) -> bool:
        return bool(target.evaluate("element => element.matches(':focus')"))

    def is_seen(self) -> bool:
        return bool(self.tab.evaluate(f"({IS_SEEN})(({FOCUSED})())"))

    def enter(self, target: Locator) -> None:
        self.reach(target)
        self.press("Enter")

    def click(self, *names: str, role: str = "button") -> None:
        for name in names:
            self.enter(self.tab.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    def write(self, label: str, text: str) -> None:
        """Into a field, in the place of what is in it."""
        self.reach(self.tab.get_by_label(label, exact=True))
        if self.tab.get_by_label(label, exact=True).input_value():
            self.press("Control+a")
        self.tab.keyboard.type(text)

    def write_day(self, label: str, day: str) -> None:
        """`day` as this browser's field asks for it: two digits of the month, two of the day, four of the year."""
        self.reach(self.tab.get_by_label(label, exact=True))
        self.tab.keyboard.type(day)

    def choose(self, label: str, text: str) -> None:
        """An option of a closed list, by the arrows."""
        field = self.tab.get_by_role("combobox", name=label, exact=True)
        self.reach(field)
        chosen = "element => element.selectedOptions[0].text.trim()"
        for key in ("Home", *["ArrowDown"] * field.locator("option").count()):
            if field.evaluate(chosen) == text:
                return
            self.press(key)
        raise AssertionError(f"{label} has no option {text}")

    def toggle(self, label: str) -> None:
        self.reach(self.tab.get_by_label(label))
        self.press("Space")
