"""The catalog of bridge types: data in `catalog.json`, read once.

Where a deployment runs its own bridge services, BRIDGE_SERVICE_URL says where: each type's is `{that}/{type}`.
"""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class BridgeType:
    id: str
    name: str
    description: str
    icon: str
    category: str
    auth_methods: tuple[str, ...]
    config_fields: tuple[dict[str, Any], ...]
    webhook_support: bool
    docs_url: str
    service_url: str

    @property
    def secret_fields(self) -> frozenset[str]:
        return frozenset(field["name"] for field in self.config_fields if field["type"] == "password")

    @property
    def plain_fields(self) -> frozenset[str]:
        """What may be read back by anybody. What a service stores under names of its own may be a token."""
        return frozenset(field["name"] for field in self.config_fields) - self.secret_fields


@cache
def catalog() -> dict[str, BridgeType]:
    entries = json.loads((Path(__file__).parent / "catalog.json").read_text())
    own = os.environ.get("BRIDGE_SERVICE_URL", "").rstrip("/")
    return {
        entry["id"]: BridgeType(
            **{
                **entry,
                "auth_methods": tuple(entry["auth_methods"]),
                "config_fields": tuple(entry["config_fields"]),
                "service_url": f"{own}/{entry['id']}" if own else entry["service_url"],
            }
        )
        for entry in entries
    }
