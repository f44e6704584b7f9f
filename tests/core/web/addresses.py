"""The addresses of these tests: the ground's own, without any context above it."""

from __future__ import annotations

import json

from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from fugong.core.web.pages import public
from fugong.core.web.style import style


@public("a test posts to it what a form holds")
@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    """Shows a form of parts; answers a POST with what was sent."""
    if request.method != "POST":
        return render(request, "probes/acts.html")
    return render(request, "probes/echo.html", {"sent": json.dumps(request.POST.dict())})


urlpatterns = [
    path("", include("fugong.core.web.urls")),
    path("sign-in/", echo, name="account_login"),
    path("sign-out/", echo, name="account_logout"),
    path("style/", style),
    path("echo/", echo),
    # Also without DEBUG: which test imports this module first is chance.
    path("static/<path:path>", serve, {"insecure": True}),
]
