"""The certificate in the hands of whoever scans it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import segno
import zxingcpp
from django.db import DatabaseError, connection, transaction
from PIL import Image

from fugong.core.secrets import keys_folder
from fugong.core.tenancy import acting_for
from fugong.resumption.choices import CertificateState
from fugong.resumption.models import Certificate, CertificateKey
from fugong.resumption.queries.certificates import Genuineness, check_public, code_url, statement_of
from fugong.resumption.rules.certificates import is_genuine, parse_seal
from tests.resumption import making
from tests.resumption.making import NOW, TODAY


def parts(certificate: Certificate) -> tuple[str, str]:
    number, seal = code_url(certificate).split("/c/")[1].split("/?s=")
    return number, seal


def answer(certificate: Certificate, *, today: date = TODAY) -> Genuineness:
    return check_public(*parts(certificate), today=today).answer


def scanned(url: str) -> str:
    """What a phone's camera reads from the printed code."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="png", scale=4, border=4)
    return zxingcpp.read_barcodes(Image.open(drawn))[0].text


def test_code_when_scanned_then_the_address_verifies(at, settings):
    settings.FUGONG_PUBLIC_URL = "https://fugong.example"
    certificate = making.certificate_of(making.approved(at))
    read = scanned(code_url(certificate))
    assert read == code_url(certificate)
    number, seal = read.removeprefix("https://fugong.example/c/").split("/?s=")
    with acting_for(None):
        shown = check_public(number, seal, today=TODAY)
    assert shown.answer is Genuineness.VALID
    assert (shown.number, shown.name, shown.valid_until) == (certificate.number, at.enterprise.name, None)


def test_check_when_any_character_of_the_seal_is_changed_then_not_genuine(at):
    number, seal = parts(making.certificate_of(making.approved(at)))
    for place in range(0, len(seal), 7):
        other = "A" if seal[place] != "A" else "B"
        changed = seal[:place] + other + seal[place + 1 :]
        assert check_public(number, changed, today=TODAY).answer is Genuineness.NOT_GENUINE


@pytest.mark.parametrize("seal", ["", "x", "é" * 107, "A" * 107, "'; drop table"])
def test_check_when_the_seal_is_nonsense_then_not_genuine_and_nothing_is_told(at, seal):
    certificate = making.certificate_of(making.approved(at))
    shown = check_public(certificate.number, seal, today=TODAY)
    assert (shown.answer, shown.name, shown.number) == (Genuineness.NOT_GENUINE, "", "")


def test_check_when_the_seal_belongs_to_another_certificate_then_not_genuine(at):
    first = making.certificate_of(making.approved(at))
    other = making.another_enterprise(at)
    second = making.certificate_of(making.approved(making.with_instructor(other)))
    assert check_public(second.number, parts(first)[1], today=TODAY).answer is Genuineness.NOT_GENUINE


@pytest.mark.parametrize(
    "changes",
    [
        {"enterprise_name": "另一家公司"},
        {"credit_code": "91340402MA00000023"},
        {"valid_until": date(2099, 1, 1)},
        {"issued_on": date(2022, 4, 8)},
    ],
)
def test_check_when_the_stored_row_was_tampered_with_then_not_genuine(at, changes):
    """The application's role cannot change these columns at all; whoever can is found out by
    the signature.
    """
    certificate = making.certificate_of(making.approved(at))
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(id=certificate.id).update(**changes)
    for name, value in changes.items():
        setattr(certificate, name, value)
    seal = parse_seal(parts(certificate)[1])
    key = CertificateKey.objects.get()
    assert seal is not None
    assert not is_genuine(statement_of(certificate), seal, bytes(key.public_key))


def test_check_when_from_another_district_then_its_own_key_decides(at):
    certificate = making.certificate_of(making.approved(at))
    south = making.ground("south")
    number, seal = parts(certificate)
    with acting_for(south.authority.id):
        assert check_public(number, seal, today=TODAY).answer is Genuineness.VALID
        assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("state", "expected"),
    [(CertificateState.SUSPENDED, Genuineness.SUSPENDED), (CertificateState.REVOKED, Genuineness.REVOKED)],
)
def test_check_when_the_state_changed_then_the_page_says_so(at, state, expected):
    certificate = making.certificate_of(making.approved(at))
    Certificate.objects.filter(id=certificate.id).update(state=state)
    assert answer(certificate) is expected


def test_check_when_certificates_run_out_then_the_last_day_still_counts(at):
    changed = making.datong_with(
        ('version = "1"', 'version = "2"'), ('validity = "until-revoked"', 'validity = "days"\ndays = 14')
    )
    making.in_force(at, changed)
    certificate = making.certificate_of(making.approved(at))
    assert certificate.valid_until == TODAY + timedelta(days=13)
    assert answer(certificate, today=TODAY + timedelta(days=13)) is Genuineness.VALID
    assert answer(certificate, today=TODAY + timedelta(days=14)) is Genuineness.RUN_OUT


def test_key_when_lost_then_old_certificates_verify_and_new_ones_get_a_new_key(at, settings):
    first = making.certificate_of(making.approved(at))
    folder = keys_folder(settings.FUGONG_HOME)
    lost = folder / f"certificate-{first.key_id}.key"
    assert lost.stat().st_mode & 0o077 == 0
    lost.unlink()
    second = making.certificate_of(making.approved(making.with_instructor(making.another_enterprise(at))))
    assert second.key_id != first.key_id
    assert answer(first) is answer(second) is Genuineness.VALID
    assert CertificateKey.objects.count() == 2


def test_key_when_two_certificates_then_one_key(at):
    making.approved(at)
    making.approved(making.with_instructor(making.another_enterprise(at)))
    assert CertificateKey.objects.count() == 1


def test_key_when_the_database_role_tries_to_change_it_then_refused(at):
    making.approved(at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update resumption_certificate_key set public_key = ''")


def test_number_when_several_then_counted_by_year_and_authority(at):
    first = making.certificate_of(making.approved(at))
    second = making.certificate_of(making.approved(making.with_instructor(making.another_enterprise(at))))
    assert (first.number, second.number) == ("C2022-0001", "C2022-0002")
    south = making.ground("south")
    with acting_for(south.authority.id):
        assert making.certificate_of(making.approved(south, now=NOW)).number == "C2022-0001"
