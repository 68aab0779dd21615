"""The lifecycle rules that a bucket has: as AWS tells them, and as Terraform.

A lifecycle configuration is one document. A rule that is left out of it is
deleted, so every rule is read completely or the change is not written.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from finops.remediation.hcl import Block, Value, exact

StorageClass = Literal[
    "GLACIER",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
]

Text = Annotated[str, AfterValidator(exact)]


class _Told(BaseModel):
    """A part of GetBucketLifecycleConfiguration's answer; what is new is refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_pascal,
        validate_by_name=True,
    )

    def attributes(self) -> dict[str, Value]:
        """What is set, by the names that Terraform has for it."""
        return self.model_dump(exclude_none=True)


class Tag(_Told):
    """A tag that objects must carry."""

    key: Text
    value: Text


class And(_Told):
    """Several conditions at once."""

    prefix: Text | None = None
    tags: tuple[Tag, ...] = ()
    object_size_greater_than: int | None = None
    object_size_less_than: int | None = None

    def block(self) -> Block:
        """The block `and`."""
        plain = {k: v for k, v in self.attributes().items() if k != "tags"}
        tags = {tag.key: tag.value for tag in self.tags}
        return Block("and", (), plain | ({"tags": tags} if tags else {}))


class Filter(_Told):
    """Which objects a rule is about."""

    prefix: Text | None = None
    tag: Tag | None = None
    object_size_greater_than: int | None = None
    object_size_less_than: int | None = None
    both: And | None = Field(default=None, alias="And")

    def block(self) -> Block:
        """The block `filter`; an empty one is about all objects."""
        plain = {k: v for k, v in self.attributes().items() if k not in ("tag", "both")}
        inner = [
            *([Block("tag", (), self.tag.attributes())] if self.tag else []),
            *([self.both.block()] if self.both else []),
        ]
        return Block("filter", (), plain, tuple(inner))


class Transition(_Told):
    """Where objects go, and when."""

    days: int | None = None
    date: Text | None = None
    storage_class: StorageClass


class Expiration(_Told):
    """When objects are deleted."""

    days: int | None = None
    date: Text | None = None
    expired_object_delete_marker: bool | None = None


class NoncurrentTransition(_Told):
    """Where older versions go, and when."""

    noncurrent_days: int
    newer_noncurrent_versions: int | None = None
    storage_class: StorageClass


class NoncurrentExpiration(_Told):
    """When older versions are deleted."""

    noncurrent_days: int
    newer_noncurrent_versions: int | None = None


class Abort(_Told):
    """When the parts of uploads that were never finished are deleted."""

    days_after_initiation: int


class Rule(_Told):
    """One rule of a bucket."""

    id: Annotated[Text, Field(alias="ID", min_length=1, max_length=255)]
    status: Literal["Enabled", "Disabled"]
    prefix: Text | None = None
    filter: Filter | None = None
    transitions: tuple[Transition, ...] = ()
    expiration: Expiration | None = None
    noncurrent_version_transitions: tuple[NoncurrentTransition, ...] = ()
    noncurrent_version_expiration: NoncurrentExpiration | None = None
    abort_incomplete_multipart_upload: Abort | None = None

    def block(self, *, comment: str = "") -> Block:
        """The block `rule`, with all that the rule says."""
        settings: dict[str, Value] = {"id": self.id, "status": self.status}
        if self.filter is None and self.prefix is not None:
            settings["prefix"] = self.prefix
        return Block("rule", (), settings, tuple(self._inner()), comment=comment)

    def _inner(self) -> list[Block]:
        parts: list[tuple[str, Any]] = [
            *(("transition", one) for one in self.transitions),
            ("expiration", self.expiration),
            *(
                ("noncurrent_version_transition", one)
                for one in self.noncurrent_version_transitions
            ),
            ("noncurrent_version_expiration", self.noncurrent_version_expiration),
            (
                "abort_incomplete_multipart_upload",
                self.abort_incomplete_multipart_upload,
            ),
        ]
        about = self.filter or (Filter() if self.prefix is None else None)
        return [
            *([about.block()] if about else []),
            *(Block(name, (), part.attributes()) for name, part in parts if part),
        ]
