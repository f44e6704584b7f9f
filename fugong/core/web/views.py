"""The language switch and the health of the server."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fugong.core.web.pages import public


@public("whoever reads the sign-in page chooses its language")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in a cookie for a year and goes back to where the reader was."""
    back = request.POST.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86_400, samesite="Lax", httponly=True
        )
    return response


@public("a load balancer asks it, and it says nothing about anybody")
def health(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})
