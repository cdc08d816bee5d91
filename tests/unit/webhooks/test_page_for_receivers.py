"""docs/webhooks.md: its programs run, and its figures and error classes match the code."""

import base64
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib.outbound.failures import ErrorClass
from chalicelib.outbound.signing import generate_secret, webhook_headers
from chalicelib.webhooks.backoff import DELAYS

PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()
BODY = '{"event":"order.created","data":{"name":"Müller","total":49.990}}'.encode()
NODE = shutil.which("node")

Headers = dict[str, str]


def programs(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def accepted_by_python(program: str, secret: str, sent: Headers, body: bytes) -> bool:
    names: dict[str, Any] = {}
    exec(program, names)
    try:
        names["verify"](secret, sent, body)
    except ValueError:
        return False
    return True


def accepted_by_node(program: str, secret: str, sent: Headers, body: bytes) -> bool:
    if NODE is None:
        pytest.skip("node is not installed")
    arguments = [secret, {name.lower(): value for name, value in sent.items()}, base64.b64encode(body).decode()]
    program += f"""
        const [secret, headers, body] = {json.dumps(arguments)};
        try {{ verify(secret, headers, Buffer.from(body, "base64")); console.log("accepted"); }}
        catch (failure) {{ console.log(failure.message); }}
    """
    done = subprocess.run([NODE, "-e", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() in ("accepted", "too old", "wrong signature")
    return done.stdout.strip() == "accepted"


def sent_with(secret: str, previous: str | None = None, *, seconds_ago: int = 0) -> Headers:
    timestamp = int(time.time()) - seconds_ago
    return webhook_headers(secret, previous, BODY, event="order.created", delivery_id="d-1", timestamp=timestamp)


@pytest.mark.parametrize("language", ["python", "javascript"])
class TestTheProgramsForVerifying:
    def accepts(self, language: str, form: int, secret: str, sent: Headers, body: bytes = BODY) -> bool:
        standard_and_simple = programs(language)
        assert len(standard_and_simple) == 2
        accepted = accepted_by_python if language == "python" else accepted_by_node
        return accepted(standard_and_simple[form], secret, sent, body)

    @pytest.mark.parametrize("form", [0, 1], ids=["standard", "simple"])
    def test_accept_only_what_was_sent(self, language: str, form: int) -> None:
        secret = generate_secret()
        assert self.accepts(language, form, secret, sent_with(secret))
        assert not self.accepts(language, form, generate_secret(), sent_with(secret))
        assert not self.accepts(language, form, secret, sent_with(secret), BODY + b" ")

    @pytest.mark.parametrize("form", [0, 1], ids=["standard", "simple"])
    def test_accept_either_secret_during_a_rotation(self, language: str, form: int) -> None:
        old, new = generate_secret(), generate_secret()
        assert self.accepts(language, form, old, sent_with(new, old))
        assert self.accepts(language, form, new, sent_with(new, old))

    def test_accept_a_secret_of_any_form_where_the_page_says_so(self, language: str) -> None:
        assert self.accepts(language, 1, "a secret of their own", sent_with("a secret of their own"))

    def test_refuse_old_messages(self, language: str) -> None:
        secret = generate_secret()
        assert not self.accepts(language, 0, secret, sent_with(secret, seconds_ago=301))


class TestThePage:
    def test_has_the_actual_retry_delays(self) -> None:
        units = {"s": 1, "min": 60, "h": 3600}
        rows = re.findall(r"^\| (\d+) \| (\d+) (s|min|h) \|$", PAGE, re.MULTILINE)
        assert [int(number) for number, _, _ in rows] == list(range(1, len(DELAYS) + 1))
        assert [int(wait) * units[unit] for _, wait, unit in rows] == list(DELAYS)

    def test_has_every_error_class(self) -> None:
        table = PAGE.split("\n## Errors\n")[1]
        assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == get_args(ErrorClass)

    def test_has_every_header(self) -> None:
        example = PAGE.split("```http\n")[1].split("```")[0]
        assert set(sent_with(generate_secret())) == set(re.findall(r"^([\w-]+): ", example, re.MULTILINE))
