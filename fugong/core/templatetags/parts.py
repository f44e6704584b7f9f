"""Tags every template has without loading them: icons, form fields, and text kept for use in two places."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fugong.core.icons import draw
from fugong.core.ids import new_id
from fugong.core.punctuation import labelled
from fugong.core.web.once import FIELD

register = template.Library()

CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return draw(name, label=str(label))


@register.filter
def labels(label: object, text: object) -> str:
    """`{{ name|labels:value }}`: the two with the colon of the reader's language."""
    return labelled(label, text)


@register.simple_tag
def once() -> SafeString:
    """The key by which a form that is sent twice is acted on once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_id())


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with its label, help and errors. Keeps what was typed, as any bound field does."""
    widget = bound.field.widget  # this form's own copy
    widget.attrs.setdefault("class", control_class(widget))
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        layout = "group"
    elif isinstance(widget, forms.CheckboxInput):
        layout = "check"
    else:
        layout = "line"
    return {
        "field": bound,
        "control": bound.as_widget(),
        "layout": layout,
        "optional": not bound.field.required,
    }


def control_class(widget: forms.Widget) -> str:
    return next((name for kind, name in CONTROLS if isinstance(widget, kind)), "form-control")


class CaptureNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}` keeps rendered text, so that one block serves two places."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)
