"""Figures and moments in words, for templates."""

from __future__ import annotations

from datetime import datetime

from django import template

from fugong.command.web.shown import moment_text as text_of
from fugong.core.figures import Figure, printed

register = template.Library()


@register.simple_tag
def figure_text(figure: Figure) -> str:
    return printed(figure)


@register.simple_tag
def moment_text(moment: datetime) -> str:
    return text_of(moment)
