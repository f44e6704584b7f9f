"""Where a device asks for its token."""

from __future__ import annotations

from django.urls import path

from fugong.passage.web import pairing

urlpatterns = [path("pair/", pairing.pair_device, name="gate_pair")]
