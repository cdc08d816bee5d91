"""Base classes of the records that the Sync API takes."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.records.fields import EMPTY_IS_NULL, Id, Moment, Short, Text


def _allow_unknown_fields(schema: dict[str, Any]) -> None:
    # Forbidden only so that they are noticed: they are left out with a warning.
    schema.pop("additionalProperties", None)


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, json_schema_extra=_allow_unknown_fields)

    decisive: ClassVar[frozenset[str]] = frozenset()
    """Dotted paths of the fields that fail the whole record if they cannot be read."""
    merged_by_field: ClassVar[bool] = False
    """Whether a stored object keeps the fields that the record does not have. Other objects are replaced whole."""

    @classmethod
    def shorten(cls, entries: list[Any], limit: int) -> list[Any]:
        """The entries to keep of a list that is too long."""
        return entries[:limit]


class SourceRecord(Record):
    """A record with the source's own id and clock."""

    external_id: Id = Field(description="The source's own id, unique among the bridge's records of this type")
    updated_at: Moment | None = Field(
        None, description="ISO 8601, the source's own clock: a record older than the stored one changes nothing"
    )

    def given(self) -> dict[str, Any]:
        """The fields that were sent. Only objects that are merged by field keep their nulls."""
        return {name: _plain(getattr(self, name)) for name in sorted(self.model_fields_set)}


class AddressRecord(Record):
    """A postal address. It replaces the stored one as a whole."""

    name: Short | None = None
    address1: Text | None = None
    address2: Text | None = None
    city: Short | None = None
    state: Short | None = None
    zip: Short | None = None
    country: Short | None = None
    phone: Short | None = None


Address = Annotated[AddressRecord | None, EMPTY_IS_NULL]


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.model_dump(exclude_unset=True) if value.merged_by_field else value.model_dump(exclude_none=True)
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value
