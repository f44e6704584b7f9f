"""The kinds of area."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    DISTRICT = "district", _("district")
    PARK = "park", _("park")
    TOWN = "town", _("town")
    VILLAGE = "village", _("village")
    GRID = "grid", _("grid")
    PLACE = "place", _("place")
