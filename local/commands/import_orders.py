"""Import orders from a file through the public Sync API, with an end user and a bridge for each seller.

Each line of the file is `{"seller", "order", "shipment"}`; the file may be gzipped. Progress is saved beside demo.json,
so that a second run continues where the first one stopped, also with a larger LIMIT or without one; sending a record
twice changes nothing. Stages other than the local one need their API key in ORDERLY_API_KEY.
"""

import gzip
import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from local.commands import parser, positive
from local.errors import LocalError
from local.places import Place
from local.stack import environment

BATCH = 100
WORKERS = 4
MAX_WARNINGS_SHOWN = 20
MAX_ATTEMPTS = 5
TIMEOUT_S = 60
UNASSIGNED = "unassigned"
"""The end user for orders without a seller."""
EMBED = "/api/v1/embed"
BRIDGE = {"type": "shopify", "config": {"shopDomain": "import.myshopify.com", "accessToken": "import"}}

Record = dict[str, Any]


class Refused(Exception):
    """The API refused a call; the message is its response."""


class Api:
    """Calls with an organization's key. Transient failures are retried."""

    def __init__(self, base_url: str, key: str) -> None:
        self.base_url = base_url
        self.key = key
        self.local = threading.local()

    def call(self, path: str, body: Any = None, token: str | None = None, idempotency_key: str | None = None) -> Any:
        if not hasattr(self.local, "http"):
            self.local.http = requests.Session()
        headers = {"Authorization": f"Bearer {token or self.key}"}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        for attempt in range(MAX_ATTEMPTS):
            try:
                response = self.local.http.request(
                    "GET" if body is None else "POST",
                    f"{self.base_url}{path}",
                    json=body,
                    headers=headers,
                    timeout=TIMEOUT_S,
                )
            except requests.ConnectionError as failure:
                problem = f"{path}: {type(failure).__name__}"
            else:
                if response.ok:
                    return response.json()["data"]
                problem = f"{path} returned {response.status_code}: {response.text[:300]}"
                if response.status_code < 500 and response.status_code != 429:
                    break
            time.sleep(min(8, 0.5 * 2**attempt))
        raise Refused(problem)


@dataclass
class Progress:
    """The progress of an organization's imports: saved to a file, drawn as a bar, with the failures."""

    saved_in: Path
    digest: str = ""
    """Of the file's content: another content starts again."""
    total: int = 0
    done: int = 0
    bridges: dict[str, str] = field(default_factory=dict)
    """Bridge ids by seller."""
    sent: dict[str, dict[str, int]] = field(default_factory=dict)
    """By file digest, then seller: how many of the seller's records were sent, in the order of the file."""
    counted: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """Parts of records that were left out or repaired."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def load(cls, base_url: str, key: str, file: Path) -> "Progress":
        name = hashlib.sha256(f"{base_url} {key}".encode()).hexdigest()[:12]
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        progress = cls(Place().folder / f"imports-{name}.json", digest)
        if progress.saved_in.exists():
            saved = json.loads(progress.saved_in.read_text())
            progress.bridges, progress.sent = saved["bridges"], saved["sent"]
        return progress

    @property
    def sent_by_seller(self) -> dict[str, int]:
        return self.sent.setdefault(self.digest, {})

    def save(self) -> None:
        part = self.saved_in.with_suffix(".part")
        part.write_text(json.dumps({"bridges": self.bridges, "sent": self.sent}))
        part.replace(self.saved_in)

    def skip(self, records: int) -> None:
        with self.lock:
            self.done += records
            self.draw()

    def record(self, seller: str, records: int, result: Record) -> None:
        with self.lock:
            self.done += records
            self.sent_by_seller[seller] = self.sent_by_seller.get(seller, 0) + records
            for record_type in ("orders", "shipments"):
                for outcome, number in result[record_type].items():
                    name = f"{record_type} {outcome}"
                    self.counted[name] = self.counted.get(name, 0) + number
            self.failures += [f"{seller}: {e['kind']} {e['external_id']}: {e['message']}" for e in result["errors"]]
            self.warnings += [
                f"{seller}: {w['kind']} {w['external_id']}: {w['field']} {w['message']}"
                for w in result.get("warnings", [])
            ]
            self.save()
            self.draw()

    def fail(self, seller: str, problem: str) -> None:
        with self.lock:
            self.failures.append(f"{seller}: {problem}")

    def draw(self) -> None:
        share = self.done / self.total if self.total else 1
        bar = "█" * round(30 * share)
        sys.stderr.write(f"\r{bar:░<30} {self.done}/{self.total} orders, {time.monotonic() - self.began:.0f} s ")
        sys.stderr.flush()


def read(file: Path, limit: int | None) -> Iterator[Record]:
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            if line.strip():
                yield parse(line, f"{file}, line {number + 1}")


def parse(line: str, position: str) -> Record:
    """Raises LocalError with the line's position. The whole file is checked before anything is sent."""
    try:
        record = json.loads(line)
    except ValueError:
        raise LocalError(f"{position} is not JSON") from None
    if not isinstance(record, dict) or not isinstance(record.get("order"), dict) or "seller" not in record:
        raise LocalError(
            f'{position} does not have the form {{"seller": …, "order": {{…}}, "shipment": {{…}} or null}}'
        )
    return record


def by_seller(file: Path, limit: int | None) -> dict[str, list[Record]]:
    sellers: dict[str, list[Record]] = {}
    for record in read(file, limit):
        sellers.setdefault(record["seller"] or UNASSIGNED, []).append(record)
    return sellers


def bridge_of(api: Api, seller: str, progress: Progress) -> str:
    """The seller's bridge for imports, which is created if neither the progress nor the organization has it."""
    if seller not in progress.bridges:
        end_user = {"externalId": seller, "name": f"Seller {seller[:8]}"}
        token = api.call(f"{EMBED}/sessions", end_user)["token"]
        name = f"Import of {seller[:8]}"
        found = [bridge["id"] for bridge in api.call(f"{EMBED}/bridges", token=token) if bridge["name"] == name]
        if not found:
            body = {**BRIDGE, "name": name}
            found = [api.call(f"{EMBED}/bridges", body, token, idempotency_key=f"import-{seller}")["id"]]
        with progress.lock:
            progress.bridges[seller] = found[0]
            progress.save()
    return progress.bridges[seller]


def send(api: Api, seller: str, records: list[Record], progress: Progress) -> None:
    sent = min(progress.sent_by_seller.get(seller, 0), len(records))
    progress.skip(sent)
    try:
        for start in range(sent, len(records), BATCH):
            batch = records[start : start + BATCH]
            body = {
                "orders": [record["order"] for record in batch],
                "shipments": [record["shipment"] for record in batch if record.get("shipment")],
                "completed": start + BATCH >= len(records),
            }
            result = api.call(f"/api/v1/bridges/{bridge_of(api, seller, progress)}/sync", body)
            progress.record(seller, len(batch), result)
    except Refused as refused:
        progress.fail(seller, str(refused))


def enter(stage: str) -> tuple[str, str]:
    """The base URL, and the API key of the organization that receives the orders."""
    base_url = environment(stage)["BASE_URL"]
    key = os.environ.get("ORDERLY_API_KEY")
    demo = Place().demo
    if key is None and stage == "local" and demo.exists():
        key = json.loads(demo.read_text())["api_key"]
    if not key:
        raise LocalError("The API key of the organization is missing: ORDERLY_API_KEY=oh_… make import …")
    return base_url, key


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--file", required=True)
    arguments.add_argument("--limit", type=positive, help="import only the first lines")
    options = arguments.parse_args()
    if not options.file:
        sys.exit("error: FILE is missing: make import FILE=orders.jsonl [LIMIT=…]")
    file = Path(options.file)
    if not file.is_file():
        sys.exit(f"error: FILE: {file} is not a file: make import FILE=orders.jsonl [LIMIT=…]")
    try:
        base_url, key = enter(options.stage)
        sellers = by_seller(file, options.limit)
        progress = Progress.load(base_url, key, file)
    except (LocalError, OSError, EOFError, UnicodeDecodeError) as error:
        sys.exit(f"error: {error}")
    progress.total = sum(map(len, sellers.values()))
    api = Api(base_url, key)
    with ThreadPoolExecutor(WORKERS) as workers:
        jobs = [workers.submit(send, api, seller, records, progress) for seller, records in sellers.items()]
        for job in as_completed(jobs):
            job.result()
    sys.stderr.write("\n")
    counts = [f"{number} {what}" for what, number in sorted(progress.counted.items()) if number]
    print(f"{len(sellers)} end users: {', '.join(counts) or 'everything was imported before'}")
    for warning in progress.warnings[:MAX_WARNINGS_SHOWN]:
        print(f"warning  {warning}")
    if (more := len(progress.warnings) - MAX_WARNINGS_SHOWN) > 0:
        print(f"and {more} more warnings")
    for failure in progress.failures[:20]:
        print(f"failed  {failure}")
    if progress.failures:
        sys.exit(f"error: {len(progress.failures)} failures. Run the import again to send the missing records.")


if __name__ == "__main__":
    main()
