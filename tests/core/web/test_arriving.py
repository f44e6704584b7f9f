"""What arrives: a bound on its size before it is stored anywhere, and no NUL in any text."""

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from fugong.core.web import arriving
from tests.accounts import making
from tests.core.web.people import count_written, inspector, signed_in, text

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def north(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ROOT_URLCONF = "tests.core.web.doors"
    settings.FUGONG_ADMIN_MFA = False
    return making.authority()


@pytest.fixture
def ann(north):
    return signed_in(inspector(north))


@pytest.fixture
def stored(monkeypatch):
    """The names of the files that Django began to store on disk."""
    begun = []
    begin = TemporaryFileUploadHandler.new_file

    def noted(self, field_name, file_name, *args, **kwargs):
        begun.append(file_name)
        return begin(self, field_name, file_name, *args, **kwargs)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", noted)
    return begun


def form_of(size):
    boundary = "xx"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="big.bin"\r\n\r\n'
    return head.encode() + b"0" * size + f"\r\n--{boundary}--\r\n".encode()


def send(client, path, size):
    return client.generic("POST", path, form_of(size), content_type="multipart/form-data; boundary=xx")


@pytest.mark.parametrize("path", ["/sign-in/", "/welcome/", "/language/", "/probe/slow/", "/nowhere/"])
def test_a_stranger_cannot_have_a_large_file_stored(north, stored, path):
    """Each of these reads its form before it asks who sent it: the file would lie on the disk by then."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = send(client, path, 3 * MEGABYTE)
    assert response.status_code == 413
    assert "more than can be sent at once" in text(response)
    assert stored == []


def test_whoever_is_signed_in_may_send_what_a_visit_needs(ann, settings, stored):
    settings.FUGONG_EVIDENCE_LIMIT_MB = 1
    assert send(ann, "/probe/slow/", 3 * MEGABYTE).status_code == 302
    assert stored == ["big.bin"]


def test_there_is_a_bound_for_everybody(ann, north, monkeypatch, settings):
    settings.FUGONG_EVIDENCE_LIMIT_MB = 1
    monkeypatch.setattr(arriving, "LARGEST_LIST", MEGABYTE)
    monkeypatch.setattr(arriving, "FILES_AT_ONCE", 2)
    assert send(ann, "/probe/slow/", 3 * MEGABYTE).status_code == 413
    assert count_written(north) == 0


@pytest.mark.parametrize("announced", ["-1", "x", "9" * 30])
def test_a_length_that_is_none_is_not_believed(north, announced):
    response = Client(raise_request_exception=False).get("/healthz", headers={"Content-Length": announced})
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/probe/for-all/?q=%00", "/probe/for-all/?a%00b=1", "/probe/%00/"])
def test_a_nul_in_the_address_is_a_damaged_address(ann, path):
    response = ann.get(path)
    assert response.status_code == 400
    assert "damaged on its way" in text(response)


def test_a_nul_in_a_form_is_a_damaged_form(ann, north):
    assert ann.post("/probe/acting/", {"note": "a\0b"}).status_code == 400
    assert count_written(north) == 0
