"""The schema of a playbook file for editors, which then complete keys and mark mistakes while typing."""

import json

from fugong.playbooks.rules.schema import Policy


def json_schema() -> str:
    """The text of `docs/reference/playbook.schema.json`. What only our own checks know is not in it."""
    schema = _plain(Policy.model_json_schema())
    assert isinstance(schema, dict)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Fugong playbook"}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=2) + "\n"


def _plain(node: object, *, names: bool = False) -> object:
    """Without generated titles and empty defaults, and without null: TOML has none.

    `names`: the keys of this node are keys of playbooks, not words of JSON Schema.
    """
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {key: _plain(value) for key, value in node.items()}
    kept = {
        key: _plain(value, names=key in ("properties", "$defs"))
        for key, value in node.items()
        if key != "title" and not (key == "default" and (value is None or isinstance(value, dict)))
    }
    return _without_null(kept)


def _without_null(node: dict[str, object]) -> dict[str, object]:
    options = node.get("anyOf")
    if not isinstance(options, list):
        return node
    left = [option for option in options if option != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**left[0], **rest} if len(left) == 1 else {**rest, "anyOf": left}
