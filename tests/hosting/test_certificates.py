"""The files of the local authority, and one's own certificate. No sockets."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from fugong.hosting import authority, certificates, issuing
from fugong.hosting.authority import certificate_for, fingerprint
from fugong.hosting.certificates import Certificate, Watch, hosts_of, read, read_own
from fugong.hosting.faults import HostingFault

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HOSTS = ("fugong.local", "192.168.7.5")


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "keys"


def root_of(certificate: Certificate) -> Path:
    assert certificate.authority is not None
    return certificate.authority


def at(monkeypatch, moment):
    monkeypatch.setattr(authority, "wall_clock", lambda: moment)


def own_files(folder, *, hosts=("fugong.example.gov.cn",), made=NOW, form=PrivateFormat.PKCS8, lock=None):
    """A certificate as a site's own authority would make it; `made` None is now."""
    made = made or certificates.wall_clock()
    vouched = [host.removeprefix("*.") for host in hosts]
    root, root_key = issuing.make_authority(vouched, now=made)
    found, key = issuing.make_server(root, root_key, hosts=hosts, now=made)
    file, secret = folder / "own.crt", folder / "own.key"
    (folder / "root.crt").write_bytes(root.public_bytes(Encoding.PEM))
    file.write_bytes(found.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, form, lock or NoEncryption()))
    return file, secret


def test_a_certificate_names_the_hosts_asked_for_and_this_machine(keys):
    made = certificate_for(HOSTS, folder=keys)
    assert set(hosts_of(read(made.file))) == {*HOSTS, "localhost", "127.0.0.1", "::1"}
    assert made.hosts[0] == "fugong.local"


def test_keys_are_readable_by_their_owner_only(keys):
    certificate_for(HOSTS, folder=keys)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()}
    assert modes == {"authority.crt": 0o644, "authority.key": 0o600, "https.crt": 0o644, "https.key": 0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_the_authority_is_made_once_and_a_good_certificate_is_kept(keys):
    first = certificate_for(HOSTS, folder=keys)
    before = fingerprint(root_of(first)), first.file.read_bytes()
    second = certificate_for(HOSTS[:1], folder=keys)
    assert (fingerprint(root_of(second)), second.file.read_bytes()) == before


def test_a_new_host_gets_a_new_certificate_of_the_same_authority(keys):
    first = certificate_for(HOSTS, folder=keys)
    before = fingerprint(root_of(first))
    second = certificate_for((*HOSTS, "10.1.2.3"), folder=keys)
    assert "10.1.2.3" in hosts_of(read(second.file))
    assert fingerprint(root_of(second)) == before


def test_lives_are_397_days_and_five_years(keys, monkeypatch):
    at(monkeypatch, NOW)
    made = certificate_for(HOSTS, folder=keys)
    assert read(made.file).not_valid_after_utc == NOW + timedelta(days=397)
    assert read(root_of(made)).not_valid_after_utc == NOW + timedelta(days=5 * 365)
    assert read(made.file).not_valid_before_utc == NOW - timedelta(days=1)


def test_it_is_renewed_within_the_last_month_and_the_watch_tells(keys, monkeypatch):
    at(monkeypatch, NOW)
    made = certificate_for(HOSTS, folder=keys)
    watch = Watch(made)
    at(monkeypatch, NOW + timedelta(days=366))
    assert not watch.has_changed()
    at(monkeypatch, NOW + timedelta(days=368))
    assert watch.has_changed()
    assert not watch.has_changed()
    assert read(made.file).not_valid_after_utc == NOW + timedelta(days=368 + 397)


def test_no_certificate_outlives_its_authority(keys, monkeypatch):
    at(monkeypatch, NOW)
    root = root_of(certificate_for(HOSTS, folder=keys))
    at(monkeypatch, NOW + timedelta(days=1700))
    made = certificate_for(HOSTS, folder=keys)
    assert read(made.file).not_valid_after_utc == read(root).not_valid_after_utc


def test_an_authority_near_its_end_is_said_not_used(keys, monkeypatch):
    at(monkeypatch, NOW)
    certificate_for(HOSTS, folder=keys)
    at(monkeypatch, NOW + timedelta(days=1800))
    with pytest.raises(HostingFault, match=r"ends on 2031-04-30.*all phones must then install"):
        certificate_for(HOSTS, folder=keys)


@pytest.mark.parametrize("host", ["bank.example.com", "8.8.8.8"])
def test_the_authority_vouches_for_no_public_site(keys, host):
    certificate_for(HOSTS, folder=keys)
    with pytest.raises(HostingFault, match=f"may not vouch for {host}"):
        certificate_for((*HOSTS, host), folder=keys)


def test_a_public_name_of_this_server_is_allowed_when_the_authority_is_made_for_it(keys):
    certificate_for(("fugong.example.gov.cn", "59.1.2.3"), folder=keys)
    made = certificate_for(("fugong.example.gov.cn",), folder=keys)
    assert "fugong.example.gov.cn" in hosts_of(read(made.file))
    with pytest.raises(HostingFault, match="may not vouch for other"):
        certificate_for(("other.example.gov.cn",), folder=keys)


@pytest.mark.parametrize("host", ["*.lan", "two words", "复工.lan", "-x.lan", "10.0.0.0/8", ""])
def test_what_is_no_host_name_is_refused(keys, host):
    with pytest.raises(HostingFault, match="is no name or address of a host"):
        certificate_for((host,), folder=keys)
    assert not keys.exists()


def test_a_certificate_of_another_authority_is_replaced(keys):
    first = certificate_for(HOSTS, folder=keys)
    for name in ("authority.crt", "authority.key"):
        (keys / name).unlink()
    second = certificate_for(HOSTS, folder=keys)
    read(second.file).verify_directly_issued_by(read(root_of(second)))
    assert first.file == second.file


def test_ones_own_certificate_gives_its_hosts(tmp_path):
    file, key = own_files(tmp_path)
    own = read_own(file, key, now=NOW)
    assert own.hosts == ("fugong.example.gov.cn",)
    assert own.authority is None


def test_a_replaced_file_of_ones_own_is_noticed(tmp_path):
    file, key = own_files(tmp_path)
    watch = Watch(read_own(file, key, now=NOW))
    assert not watch.has_changed()
    own_files(tmp_path)
    assert watch.has_changed()


def test_a_key_of_another_certificate_is_refused(tmp_path):
    file, key = own_files(tmp_path)
    other = ec.generate_private_key(ec.SECP256R1())
    key.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(HostingFault, match="is not the key of the certificate"):
        read_own(file, key, now=NOW)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"made": NOW - timedelta(days=500)}, "was good until 2026-01-18"),
        ({"form": PrivateFormat.TraditionalOpenSSL}, "is not in the form PKCS #8"),
        ({"lock": BestAvailableEncryption(b"secret")}, "is locked by a passphrase"),
    ],
)
def test_what_cannot_serve_is_refused_with_the_remedy(tmp_path, changes, sentence):
    file, key = own_files(tmp_path, **changes)
    with pytest.raises(HostingFault, match=sentence):
        read_own(file, key, now=NOW)


def test_a_file_that_is_no_certificate_is_refused(tmp_path):
    _, key = own_files(tmp_path)
    (tmp_path / "own.crt").write_text("hello")
    with pytest.raises(HostingFault, match="cannot be read as a certificate"):
        read_own(tmp_path / "own.crt", key, now=NOW)
    with pytest.raises(HostingFault, match="cannot be read as a certificate"):
        read_own(tmp_path / "missing.crt", key, now=NOW)


def test_a_wildcard_is_written_as_django_reads_it(tmp_path):
    file, _ = own_files(tmp_path, hosts=("*.example.gov.cn",))
    assert hosts_of(certificates.read(file)) == (".example.gov.cn",)
