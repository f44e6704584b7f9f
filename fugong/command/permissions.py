"""Who may see the situation and bulletins, compose them and publish them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted

PERMISSIONS = {
    "situation.see": _("see the situation page"),
    "bulletins.see": _("see bulletins and their proof"),
    "bulletins.compose": _("compose a bulletin"),
    "bulletins.publish": _("publish a bulletin"),
}


def check_may_compose(actor: Actor) -> None:
    if not actor.may("bulletins.compose"):
        raise NotPermitted()


def check_may_publish(actor: Actor) -> None:
    if not actor.may("bulletins.publish"):
        raise NotPermitted()
