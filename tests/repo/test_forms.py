"""A form in a part that is included with nothing else needs the token passed on: else each is refused."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "fugong" / "templates"
INCLUDE = re.compile(r'{% include "([^"]+)"([^%]*) only %}')


def test_every_part_with_a_form_is_given_the_token():
    parts = {str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    forms = {name for name, text in parts.items() if "{% csrf_token %}" in text}
    found = [(name, *each) for name, text in parts.items() for each in INCLUDE.findall(text)]
    assert found
    wrong = [
        f"{name}: {part}"
        for name, part, given in found
        if part in forms and "csrf_token=csrf_token" not in given
    ]
    assert wrong == []
