"""What a thermometer sends and gets: the types, and the OpenAPI document made from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from fugong.health.operations import LINES_MOST, Measured
from fugong.health.rules.readings import TYPED_MOST

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Measurement(Strict):
    """One person, one measurement. Exactly one of `person` and `document` says who."""

    person: UUID | None = Field(None, description="the id on the person's badge")
    document: Text = Field("", description="the number as an ID-card reader reads it")
    temperature: Annotated[str, StringConstraints(min_length=1, max_length=TYPED_MOST)] = Field(
        description="degrees Celsius as text, such as 36.5"
    )
    measured_at: AwareDatetime = Field(description="by the thermometer's clock, with its zone")

    @model_validator(mode="after")
    def says_who(self) -> Measurement:
        if (self.person is None) == (not self.document):
            raise ValueError("exactly one of person and document is needed")
        return self

    def measured(self) -> Measured:
        moment: datetime = self.measured_at
        return Measured(self.temperature, moment, self.person, self.document)


class Batch(Strict):
    measurements: Annotated[list[Measurement], Field(min_length=1, max_length=LINES_MOST)]


class LineAnswer(Strict):
    """What became of the measurement at `index`. `field`, `code` and `message` say why one was not kept."""

    index: int
    kept: bool
    code: str = ""
    field: str = ""
    message: str = ""


class Answered(Strict):
    kept: int
    refused: int
    lines: list[LineAnswer]


class Error(Strict):
    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict)


PATH: Final = "/api/v1/health/temperature"
REFUSALS: Final = {
    "401": "The key of the thermometer is missing, unknown or revoked.",
    "409": "Somebody reported for one of these people at this moment: send the call again.",
    "415": "The body is not JSON.",
    "422": "The call cannot be read, or its key was used for something else; `fields` says where.",
}


def openapi() -> dict[str, Any]:
    """The document that `GET /api/v1/openapi.json` gives."""
    schemas: dict[str, Any] = {}
    for model in (Batch, Answered, Error):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    return {
        "openapi": "3.1.0",
        "info": {"title": "Fugong", "version": "1"},
        "paths": {PATH: {"post": _operation()}},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"kiosk": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation() -> dict[str, Any]:
    errors = {
        status: {"description": said, "content": _content("Error")} for status, said in REFUSALS.items()
    }
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "minLength": 8, "maxLength": 64},
        "description": "A call sent again with the same key and body is answered as before.",
    }
    return {
        "summary": "Keep temperatures that a thermometer measured",
        "security": [{"kiosk": []}],
        "parameters": [key],
        "requestBody": {"required": True, "content": _content("Batch")},
        "responses": {"200": {"description": "Each line kept or told.", "content": _content("Answered")}}
        | errors,
    }


def _content(name: Literal["Batch", "Answered", "Error"]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
