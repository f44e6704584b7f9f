"""The files of a small certificate authority, for an intranet where no public one vouches for a server.

Made once, in the folder of keys. Phones and computers that install `authority.crt` trust this server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from fugong.hosting.certificates import Certificate, hosts_of, is_host, read, wall_clock
from fugong.hosting.faults import HostingFault
from fugong.hosting.issuing import Key, make_authority, make_server, may_vouch_for
from fugong.hosting.writing import write_whole

RENEWED_BEFORE: Final = timedelta(days=30)
ALWAYS: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Authority:
    file: Path
    certificate: x509.Certificate
    key: Key


def certificate_for(hosts: Sequence[str], *, folder: Path) -> Certificate:
    """A certificate of the local authority in `folder` (of keys) that is good for these hosts.

    Makes the authority on first use, and a new certificate when there is none, when it lacks a host, or when
    it ends within a month. Raises HostingFault for a host the authority may not vouch for.
    """
    wanted = tuple(dict.fromkeys([*hosts, *ALWAYS]))
    for host in wanted:
        if not is_host(host):
            raise HostingFault(f"{host!r} is no name or address of a host.")
    authority = _open(folder, wanted)
    file, key = folder / "https.crt", folder / "https.key"
    renew = partial(_issue_when_due, authority, wanted, file, key)
    renew()
    return Certificate(file, key, wanted, authority.file, renew)


def fingerprint(file: Path) -> str:
    """SHA-256 of the certificate, written as phones show it."""
    return ":".join(f"{byte:02X}" for byte in read(file).fingerprint(hashes.SHA256()))


def _open(folder: Path, hosts: Sequence[str]) -> Authority:
    file, key = folder / "authority.crt", folder / "authority.key"
    if not key.exists():
        certificate, made = make_authority(hosts, now=wall_clock())
        write_whole(file, certificate.public_bytes(Encoding.PEM), mode=0o644)
        # Last: where the key is, the certificate is too.
        write_whole(key, _pem(made), mode=0o600)
    private = load_pem_private_key(key.read_bytes(), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise HostingFault(f"{key} is no key of a local authority; move it away.")
    authority = Authority(file, read(file), private)
    _check(authority, hosts)
    return authority


def _check(authority: Authority, hosts: Sequence[str]) -> None:
    anew = (
        f"Move authority.key and authority.crt out of {authority.file.parent} to get a new authority; "
        "all phones must then install its certificate again."
    )
    end = authority.certificate.not_valid_after_utc
    if end <= wall_clock() + RENEWED_BEFORE:
        raise HostingFault(f"The local authority ends on {end:%Y-%m-%d}. {anew}")
    strangers = [host for host in hosts if not may_vouch_for(authority.certificate, host)]
    if strangers:
        raise HostingFault(f"The local authority may not vouch for {', '.join(strangers)}. {anew}")


def _issue_when_due(authority: Authority, hosts: Sequence[str], file: Path, key: Path) -> None:
    if file.exists() and key.exists() and _is_good(read(file), authority, hosts):
        return
    certificate, made = make_server(authority.certificate, authority.key, hosts=hosts, now=wall_clock())
    chain = certificate.public_bytes(Encoding.PEM) + authority.certificate.public_bytes(Encoding.PEM)
    write_whole(key, _pem(made), mode=0o600)
    write_whole(file, chain, mode=0o644)


def _is_good(found: x509.Certificate, authority: Authority, hosts: Sequence[str]) -> bool:
    try:
        found.verify_directly_issued_by(authority.certificate)
    except (InvalidSignature, ValueError):
        return False
    lasts = found.not_valid_after_utc - wall_clock() >= RENEWED_BEFORE
    return lasts and set(hosts) <= set(hosts_of(found))


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
