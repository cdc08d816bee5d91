"""JSON schemas of the OpenAPI document, from pydantic models."""

from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

Json = dict[str, Any]
Mode = Literal["validation", "serialization"]
REF = "#/components/schemas/{model}"


class _Schema(GenerateJsonSchema):
    def decimal_schema(self, schema: Any) -> Json:  # noqa: ARG002 - pydantic's signature
        """A number, as `kit.codec` writes it; pydantic's own encoder writes a string."""
        return {"type": "number"}


def schema_of(kind: Any, schemas: Json, mode: Mode = "validation") -> Json:
    """The schema of a type. Models are added to the components and referenced."""
    schema = TypeAdapter(kind).json_schema(mode=mode, ref_template=REF, by_alias=True, schema_generator=_Schema)
    for name, definition in schema.pop("$defs", {}).items():
        add(schemas, name, tidied(definition, mode))
    schema = tidied(schema, mode)
    if schema.get("type") == "object" and isinstance(kind, type) and issubclass(kind, BaseModel):
        add(schemas, kind.__name__, schema)
        return {"$ref": REF.format(model=kind.__name__)}
    return schema


def tidied(schema: Json, mode: Mode) -> Json:
    """The schema with event types as references, and without the titles and defaults of its fields. Generators take a
    field with a default for one that is always present, which it need not be in a request."""
    if not isinstance(schema.get("properties"), dict):
        return schema
    return {**schema, "properties": {name: _field(name, each, mode) for name, each in schema["properties"].items()}}


def _field(name: str, schema: Json, mode: Mode) -> Json:
    field = {key: value for key, value in schema.items() if key not in ("title", "default")}
    default = schema.get("default")
    if default not in (None, "", [], {}) and "default" not in field.get("description", ""):
        shown = str(default).lower() if isinstance(default, bool) else default
        field["description"] = (
            f"{field['description']} (default: {shown})" if "description" in field else f"Default: {shown}"
        )
    if name in ("event_type", "eventType", "events"):
        reference = {"$ref": REF.format(model="SubscribableEvent" if mode == "validation" else "EventType")}
        return _refer_strings(field, reference)
    return field


def _refer_strings(schema: Json, reference: Json) -> Json:
    if schema.get("type") == "string":
        return reference
    if "items" in schema:
        return {**schema, "items": _refer_strings(schema["items"], reference)}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_refer_strings(option, reference) for option in schema["anyOf"]]}
    return schema


def add(schemas: Json, name: str, schema: Json) -> None:
    if schemas.setdefault(name, schema) != schema:
        raise ValueError(f"two different schemas are named {name}")
