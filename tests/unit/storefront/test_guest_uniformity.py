"""Guest access reveals nothing through its work: every request and every failure makes the same calls."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError

from chalicelib.kit import clock
from chalicelib.security.rate_limits import Limit
from chalicelib.storefront import access
from tests.support.account import everything
from tests.support.aws_calls import around
from tests.support.guests import EMAIL, NUMBER, ask, get_code, refused, verify, wrong
from tests.support.storefront import Storefront, order_record


@contextmanager
def aws_calls() -> Iterator[Counter[str]]:
    """How often each operation was called, and how often it was refused."""
    calls: Counter[str] = Counter()

    def counting(name: str, call: Callable[[], Any]) -> Any:
        calls[name] += 1
        try:
            return call()
        except ClientError:
            calls[f"{name} refused"] += 1
            raise

    # One at a time: two threads that count at once may count only one call.
    with around(counting):
        yield calls


class TestUniformity:
    """Compares the calls made, not the time they take."""

    def test_every_request_makes_the_same_calls(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(access, "REQUESTS_PER_ORDER", Limit("access-order", 100, 900))
        shop.order()
        ask(shop)
        seen: dict[str, set[tuple[tuple[str, int], ...]]] = {}
        for n in range(30):
            for kind, number, email, ip in (
                ("exists", NUMBER, EMAIL, f"203.0.113.{n}"),
                ("no such order", f"N-{n}", f"n{n}@example.com", f"203.0.114.{n}"),
                ("wrong e-mail", NUMBER, f"e{n}@example.com", f"203.0.115.{n}"),
            ):
                with aws_calls() as calls:
                    reply = ask(shop, number, email, ip)
                assert reply.status == 200
                work = (*sorted(calls.items()), ("bytes", len(reply.text)))
                seen.setdefault(kind, set()).add(work)
        assert len(set.union(*seen.values())) == 1, seen

    @pytest.mark.parametrize("number", [NUMBER, "no-such-order"])
    def test_a_limited_request_makes_the_same_calls_and_writes_nothing(self, shop: Storefront, number: str) -> None:
        shop.order()
        with time_machine.travel(clock.now().replace(minute=1), tick=False):
            for _ in range(4):
                reply = ask(shop, number)
            before = everything()
            with aws_calls() as calls:
                again = ask(shop, number)
            assert again.json == reply.json
            # The key's owner, and the counters of the address: once for all requests, once for codes.
            assert calls == {"BatchGetItem": 1, "UpdateItem": 2}
            assert [row for row in everything() if not row["pk"]["S"].startswith("RATE#")] == [
                row for row in before if not row["pk"]["S"].startswith("RATE#")
            ]

    def test_every_failure_makes_the_same_calls(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(access, "GUESSES_PER_ADDRESS", Limit("access-guess-address", 30, 86400))
        shop.sync([order_record(n) for n in ("wrong", "burned", "expired", "used", "limited", "flood", "malformed")])
        start = clock.now().replace(hour=12, minute=0, second=0)
        with time_machine.travel(start, tick=False) as travel:
            expired = get_code(shop, "expired")
            travel.shift(timedelta(minutes=11))
            used = get_code(shop, "used")
            assert verify(shop, used, "used").status == 200
            codes = {n: get_code(shop, n) for n in ("wrong", "burned", "malformed", "limited", "flood")}
            shop.order("erased", "gone@example.com")
            codes["erased"] = get_code(shop, "erased", "gone@example.com")
            shop.acme.server.post("/api/v1/customers/erase", {"email": "gone@example.com"})
            for step in range(1, 6):
                verify(shop, wrong(codes["burned"], step), "burned")
            for _ in range(20):
                verify(shop, "000000", "limited", EMAIL, "203.0.114.1")
            for n in range(30):
                verify(shop, "000000", f"X-{n}", "eve@example.com", "198.51.100.1")
            cases: dict[str, tuple[Any, str, str]] = {
                "wrong": (wrong(codes["wrong"]), "wrong", EMAIL),
                "burned": (codes["burned"], "burned", EMAIL),
                "expired": (expired, "expired", EMAIL),
                "used": (used, "used", EMAIL),
                "limited": (codes["limited"], "limited", EMAIL),
                "limited by address": (codes["flood"], "flood", EMAIL),
                "erased": (codes["erased"], "erased", "gone@example.com"),
                "malformed": ("abc", "malformed", EMAIL),
                "not even text": ({"$gt": ""}, "malformed", EMAIL),
                "a number": (int(codes["malformed"]), "malformed", EMAIL),
                "long": ("9" * 100_000, "malformed", EMAIL),
                "unknown order": ("123456", "N-1", EMAIL),
                "wrong e-mail": (codes["wrong"], "wrong", "eve@example.com"),
                "malformed e-mail": (codes["wrong"], "wrong", "not an address"),
            }
            seen: dict[str, set[tuple[tuple[str, int], ...]]] = {}
            for n in range(25):
                for kind, (code, number, email) in cases.items():
                    ip = "198.51.100.1" if kind == "limited by address" else f"203.0.115.{n}"
                    with aws_calls() as calls:
                        reply = verify(shop, code, number, email, ip)
                    assert refused(reply), (n, kind, reply.text)
                    # A limit's own counter stands still once it is reached.
                    del calls["UpdateItem refused"]
                    seen.setdefault(kind, set()).add((*sorted(calls.items()), ("bytes", len(reply.text))))
        assert len(set.union(*seen.values())) == 1, seen

    def test_every_wrong_code_writes_the_same(self, shop: Storefront) -> None:
        shop.sync([order_record(n) for n in ("live", "burned", "expired", "used")])
        with time_machine.travel(clock.now(), tick=False) as travel:
            get_code(shop, "expired")
            travel.shift(timedelta(minutes=11))
            verify(shop, get_code(shop, "used"), "used")
            codes = {n: get_code(shop, n) for n in ("live", "burned")}
            for step in range(1, 6):
                verify(shop, wrong(codes["burned"], step), "burned")
            seen = {}
            for number in ("live", "burned", "expired", "used", "unknown"):
                with aws_calls() as calls:
                    assert refused(verify(shop, wrong(codes["live"]), number))
                seen[number] = tuple(sorted(calls.items()))
        assert len(set(seen.values())) == 1, seen
        assert not [name for name, _ in seen["live"] if name.endswith("refused")]
