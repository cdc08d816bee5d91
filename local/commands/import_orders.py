"""Import orders from a file through the public Sync API, with an end user and a bridge for each seller.

Each line of the file is `{"seller", "order", "shipment"}`; the file may be gzipped. Progress is saved beside demo.json,
so that a second run continues where the first one stopped; sending a record twice changes nothing. Stages other than
the local one need their API key in ORDERLY_API_KEY.
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

from local.commands import parser
from local.errors import LocalError
from local.places import Place
from local.stack import environment

BATCH = 100
WORKERS = 4
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

    def call(self, path: str, body: Any, token: str | None = None, idempotency_key: str | None = None) -> Any:
        if not hasattr(self.local, "http"):
            self.local.http = requests.Session()
        headers = {"Authorization": f"Bearer {token or self.key}"}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        for attempt in range(MAX_ATTEMPTS):
            try:
                response = self.local.http.post(f"{self.base_url}{path}", json=body, headers=headers, timeout=TIMEOUT_S)
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
    """The progress of an import: saved to a file, drawn as a bar, with the failures."""

    file: Path
    total: int
    sent: int = 0
    bridges: dict[str, str] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    """The number of sent batches by seller."""
    counted: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    began: float = field(default_factory=time.monotonic)

    def load(self) -> None:
        if self.file.exists():
            saved = json.loads(self.file.read_text())
            self.bridges, self.batches = saved["bridges"], saved["batches"]

    def save(self) -> None:
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps({"bridges": self.bridges, "batches": self.batches}))
        part.replace(self.file)

    def record(self, seller: str, records: int, result: Record | None) -> None:
        with self.lock:
            self.sent += records
            if result is not None:
                self.batches[seller] = self.batches.get(seller, 0) + 1
                for record_type in ("orders", "shipments"):
                    for outcome, number in result[record_type].items():
                        name = f"{record_type} {outcome}"
                        self.counted[name] = self.counted.get(name, 0) + number
                self.failures += [f"{seller}: {e['kind']} {e['external_id']}: {e['message']}" for e in result["errors"]]
                self.save()
            self.draw()

    def fail(self, seller: str, problem: str) -> None:
        with self.lock:
            self.failures.append(f"{seller}: {problem}")

    def draw(self) -> None:
        share = self.sent / self.total if self.total else 1
        bar = "█" * round(30 * share)
        sys.stderr.write(f"\r{bar:░<30} {self.sent}/{self.total} orders, {time.monotonic() - self.began:.0f} s ")
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
    if seller not in progress.bridges:
        end_user = {"externalId": seller, "name": f"Seller {seller[:8]}"}
        session = api.call(f"{EMBED}/sessions", end_user)
        bridge = {**BRIDGE, "name": f"Import of {seller[:8]}"}
        created = api.call(f"{EMBED}/bridges", bridge, session["token"], idempotency_key=f"import-{seller}")
        with progress.lock:
            progress.bridges[seller] = created["id"]
            progress.save()
    return progress.bridges[seller]


def send(api: Api, seller: str, records: list[Record], progress: Progress) -> None:
    batches = [records[i : i + BATCH] for i in range(0, len(records), BATCH)]
    done = progress.batches.get(seller, 0)
    progress.record(seller, sum(map(len, batches[:done])), None)
    try:
        for number, batch in enumerate(batches[done:], done + 1):
            body = {
                "orders": [record["order"] for record in batch],
                "shipments": [record["shipment"] for record in batch if record.get("shipment")],
                "completed": number == len(batches),
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
    arguments.add_argument("--file", type=Path, required=True)
    arguments.add_argument("--limit", type=int, help="import only the first lines")
    options = arguments.parse_args()
    if not options.file.is_file():
        sys.exit(f"error: there is no file {options.file}: make import FILE=… [LIMIT=…]")
    try:
        base_url, key = enter(options.stage)
        sellers = by_seller(options.file, options.limit)
    except (LocalError, OSError, UnicodeDecodeError) as error:
        sys.exit(f"error: {error}")
    name = hashlib.sha256(f"{base_url} {key} {options.file.resolve()}".encode()).hexdigest()[:12]
    progress = Progress(Place().folder / f"import-{name}.json", sum(map(len, sellers.values())))
    progress.load()
    api = Api(base_url, key)
    with ThreadPoolExecutor(WORKERS) as workers:
        jobs = [workers.submit(send, api, seller, records, progress) for seller, records in sellers.items()]
        for job in as_completed(jobs):
            job.result()
    sys.stderr.write("\n")
    counts = [f"{number} {what}" for what, number in sorted(progress.counted.items())]
    print(f"{len(sellers)} end users: {', '.join(counts) or 'everything was imported before'}")
    for failure in progress.failures[:20]:
        print(f"failed  {failure}")
    if progress.failures:
        sys.exit(f"error: {len(progress.failures)} failures. Run the import again to send the missing records.")


if __name__ == "__main__":
    main()
