"""A wording in the two languages a playbook is written in."""

from pydantic import BaseModel, ConfigDict, Field


class Text(BaseModel):
    """Chinese is the wording of the source (or of the locality), English our translation of it.

    Traditional Chinese is derived from `zh` where it is shown; it is never written in a playbook.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, code: str) -> str:
        return self.en if code.lower().startswith("en") else self.zh
