"""Every address is closed unless its view says otherwise."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from fugong.core.web.pages import Access, access_of

SIGN_IN = "sign-in/"  # django-allauth guards its own pages


def addresses() -> Iterator[tuple[str, object]]:
    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, object]]:
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path)
            else:
                yield path, pattern.callback

    yield from walk(get_resolver().url_patterns, "")


def test_every_address_is_a_page_an_action_or_public():
    unmarked = [
        path for path, view in addresses() if not path.startswith(SIGN_IN) and access_of(view) is None
    ]
    assert unmarked == []


def test_every_public_address_says_why():
    silent = [
        path
        for path, view in addresses()
        if (access := access_of(view)) and access.kind == "public" and not access.why_public
    ]
    assert silent == []


def test_the_walk_sees_addresses_at_all():
    found = [access for _path, view in addresses() if isinstance(access := access_of(view), Access)]
    assert len(found) > 20
