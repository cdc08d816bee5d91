"""What a search finds, and the page of it that is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from chalicelib.table.items import Row
from chalicelib.table.pages import Window

MAX_MATCHES = 10_000
MAX_FILTERED = 1_000
"""Matches that are read for a filter that entries know nothing about, such as the status."""


@dataclass(frozen=True, slots=True)
class Match:
    """Something that was found, as its entry describes it. `sort`: its place in the list, a time first."""

    id: str
    sort: str
    bridge_id: str
    entry: Row | None = field(default=None, compare=False)
    """The search entry, if it was one that led here."""

    @property
    def cursor(self) -> str:
        return f"{self.sort}#{self.id}"


@dataclass(frozen=True, slots=True)
class Matches:
    """Each match once, newest first. `capped` if there are more than MAX_MATCHES."""

    found: list[Match]
    capped: bool

    @classmethod
    def of(cls, found: Iterable[Match], *, capped: bool) -> "Matches":
        by_id = {match.id: match for match in found}
        ordered = sorted(by_id.values(), key=lambda match: match.cursor, reverse=True)
        return cls(ordered[:MAX_MATCHES], capped or len(ordered) > MAX_MATCHES)

    def joined(self, other: "Matches") -> "Matches":
        return Matches.of([*self.found, *other.found], capped=self.capped or other.capped)

    def only(self, keep: Callable[[Match], bool]) -> "Matches":
        return Matches([match for match in self.found if keep(match)], self.capped)


@dataclass(frozen=True, slots=True)
class MatchPage:
    rows: list[Row]
    total: int
    next: str | None
    """The cursor to continue below."""
    capped: bool
    missing: list[Match] = field(default_factory=list)
    """Matches in the window that do not exist, as a sync that died may leave them."""


def read_page(
    matches: Matches,
    window: Window,
    read: Callable[[list[str]], dict[str, Row]],
    keep: Callable[[Row], bool] | None = None,
) -> MatchPage:
    """The window's rows, by one batch read. `read` returns the rows that exist by id.

    With `keep` the rows themselves decide, so all matches are read; of more than MAX_FILTERED only as many of the
    newest, or of those below the window's cursor, and the total then counts among these alone.
    """
    if keep is None:
        shown, following = _window(matches.found, window)
        rows = read([match.id for match in shown])
        missing = [match for match in shown if match.id not in rows]
        total = len(matches.found) - len(missing)
        return MatchPage(_in_order(shown, rows), total, following, matches.capped, missing)
    candidates, capped = matches.found, matches.capped
    if len(candidates) > MAX_FILTERED:
        candidates = [match for match in candidates if window.below is None or match.cursor < window.below]
        candidates, rest, capped = candidates[:MAX_FILTERED], candidates[MAX_FILTERED:], True
    else:
        rest = []
    rows = {match_id: row for match_id, row in read([match.id for match in candidates]).items() if keep(row)}
    kept = [match for match in candidates if match.id in rows]
    shown, following = _window(kept, window)
    if following is None and rest:
        following = candidates[-1].cursor
    return MatchPage(_in_order(shown, rows), len(kept), following, capped)


def _in_order(shown: list[Match], rows: dict[str, Row]) -> list[Row]:
    return [rows[match.id] for match in shown if match.id in rows]


def _window(matches: list[Match], window: Window) -> tuple[list[Match], str | None]:
    if window.below is not None:
        matches = [match for match in matches if match.cursor < window.below]
    end = window.offset + window.limit
    shown = matches[window.offset : end]
    return shown, shown[-1].cursor if shown and len(matches) > end else None
