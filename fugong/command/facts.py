"""What the commander's context tells the others."""

from __future__ import annotations

from typing import Final

BULLETIN_PUBLISHED: Final = "command.BulletinPublished"
"""`bulletin_id` and `number`: from now on the bulletin stands."""
