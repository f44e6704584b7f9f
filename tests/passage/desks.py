"""A desk of one's own at a checkpoint: what it sends to the public address."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client


def post_crossings(body: object, token: str, **more: Any) -> Any:
    """The answer. A text goes as it is; no token, no header."""
    sent = body if isinstance(body, str) else json.dumps(body)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().post("/gate/crossings", sent, content_type="application/json", headers=headers, **more)
