"""The paper under a level by hand: kept with it, read by those who judge it and by the person itself."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fugong.clearance import operations
from fugong.clearance.choices import DATA_CLASS, HAND_FILE
from fugong.clearance.models import HandLevel
from fugong.clearance.operations import Proposal
from fugong.core.audit.models import AuditEntry
from fugong.core.files import read_stored
from fugong.core.files.models import StoredFile
from fugong.core.files.places import folder_of
from fugong.core.files.refusing import FileRefused
from fugong.core.refusals import Conflict
from fugong.core.tenancy import acting_for
from tests.clearance.making import HOUR, worker
from tests.core.files.making import Handed, picture
from tests.core.web.people import signed_in
from tests.people.own.making import holding, phone_of
from tests.support.making import NOW

SAID = Proposal("contact_told", "疾控电话，4月27日9时，王医生", 7)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.FUGONG_HOME = tmp_path
    settings.FUGONG_CLOCK, settings.FUGONG_CLOCK_ANCHOR = NOW + HOUR, int(time.time())
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"


def papered(person, here, *, content: bytes | None = None, name: str = "王芳通知.jpg") -> HandLevel:
    upload = Handed(name, content or picture())
    said = replace(SAID, upload=upload)
    return operations.propose_level(person.id, said, actor=here.person("reviewer_park"), now=NOW)


def on_disk(here) -> list[str]:
    folder = folder_of(here.authority.id)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_propose_when_with_a_photo_then_kept_and_on_the_trail(here, li):
    row = papered(li, here)
    file = StoredFile.objects.get(purpose=HAND_FILE)
    assert (row.file_id, file.data_class) == (file.id, DATA_CLASS)
    assert read_stored(file)
    assert AuditEntry.objects.get(action="clearance.propose").changes["file"] == file.sha256
    assert AuditEntry.objects.filter(action="files.store").count() == 1


def test_propose_when_the_file_is_of_no_use_then_refused_and_nothing_is_kept(here, li):
    with pytest.raises(FileRefused) as refused:
        papered(li, here, content=b"MZ\x90\x00", name="notice.exe")
    assert set(refused.value.fields) == {"file"}
    assert (HandLevel.objects.count(), StoredFile.objects.count(), on_disk(here)) == (0, 0, [])


def test_propose_when_one_waits_then_its_file_never_lies_on_the_disk(here, li):
    papered(li, here)
    before = on_disk(here)
    with pytest.raises(Conflict):
        papered(li, here)
    assert on_disk(here) == before


def test_file_when_asked_for_then_only_by_those_who_judge_it(here, li):
    row = papered(li, here)
    address = reverse("clearance:hand_file", args=[row.id])
    bo, contact = (signed_in(here.holder(role)) for role in ("reviewer_headquarters", "enterprise_contact"))
    assert address in bo.get(reverse("clearance:hand", args=[row.id])).content.decode()
    assert address not in contact.get(reverse("clearance:hand", args=[row.id])).content.decode()
    sent = bo.get(address)
    assert (sent.status_code, sent["Content-Type"]) == (200, "image/jpeg")
    assert "evidence-20220427.jpg" in sent["Content-Disposition"]
    assert sent["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert contact.get(address).status_code == 403


def test_file_when_there_is_none_then_not_found(here, li):
    row = operations.propose_level(li.id, SAID, actor=here.person("reviewer_park"), now=NOW)
    bo = signed_in(here.holder("reviewer_headquarters"))
    assert bo.get(reverse("clearance:hand_file", args=[row.id])).status_code == 404


def test_own_file_when_confirmed_then_the_person_reads_it_and_nobody_else(here, li):
    row = papered(li, here)
    other = worker(here)
    address = reverse("clearance:own_hand_file", args=[row.id])
    mine, theirs = holding(phone_of(li)), holding(phone_of(other))
    assert mine.get(address).status_code == 404
    with acting_for(here.authority.id):
        operations.confirm_level(row.id, actor=here.person("reviewer_headquarters"), now=NOW)
    assert address in mine.get(reverse("own:home")).content.decode()
    assert mine.get(address).status_code == 200
    assert theirs.get(address).status_code == 404


def test_propose_page_when_a_photo_is_sent_then_attached(here, li):
    operations.refresh_clearances(here.authority.id, now=NOW)
    park = signed_in(here.holder("reviewer_park"))
    address = reverse("clearance:propose", args=[li.id])
    assert 'enctype="multipart/form-data"' in park.get(address).content.decode()
    sent = {"reason": "contact_told", "text": "疾控电话", "days": "7"}
    bad = park.post(address, sent | {"file": SimpleUploadedFile("notice.exe", b"MZ\x90\x00")})
    assert bad.status_code == 422
    assert park.post(address, sent | {"file": SimpleUploadedFile("a.jpg", picture())}).status_code == 302
    with acting_for(here.authority.id):
        assert HandLevel.objects.get().file is not None
