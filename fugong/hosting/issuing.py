"""The contents of the certificates of a local authority. Touches no file.

The authority may vouch for private addresses and local names only (RFC 5280, name constraints): whoever
steals its key can pass for no public site on the phones that trust it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fugong.hosting.certificates import is_address

Key = ec.EllipticCurvePrivateKey
Constraint = x509.DNSName | x509.IPAddress

AUTHORITY_DAYS: Final = 5 * 365
SERVER_DAYS: Final = 397  # browsers refuse longer ones
BACKDATED: Final = timedelta(days=1)  # for phones whose clock is behind
LOCAL_NAMES: Final = ("localhost", "local", "lan", "internal", "intranet", "home.arpa")
PRIVATE_IPV4: Final = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
)
PRIVATE_IPV6: Final = ("::1/128", "fc00::/7", "fe80::/10")


def make_authority(hosts: Sequence[str], *, now: datetime) -> tuple[x509.Certificate, Key]:
    """It may vouch for these hosts too, where they are not local by their nature."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = f"Fugong {socket.gethostname()[:40]} {now:%Y-%m-%d}"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    certificate = (
        _builder(name, name, key, now=now, days=AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(hosts), None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def make_server(
    authority: x509.Certificate, key: Key, *, hosts: Sequence[str], now: datetime
) -> tuple[x509.Certificate, Key]:
    own = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fugong")])
    days = min(SERVER_DAYS, (authority.not_valid_after_utc - now).days)
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    certificate = (
        _builder(subject, authority.subject, own, now=now, days=days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(issuer, critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate, own


def may_vouch_for(authority: x509.Certificate, host: str) -> bool:
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    return any(_covers(allowed, host) for allowed in constraints.permitted_subtrees or ())


def _covers(allowed: x509.GeneralName, host: str) -> bool:
    if isinstance(allowed, x509.IPAddress):
        return is_address(host) and ipaddress.ip_address(host) in ipaddress.ip_network(allowed.value)
    return not is_address(host) and (host == allowed.value or host.endswith(f".{allowed.value}"))


def _permitted(hosts: Sequence[str]) -> list[Constraint]:
    local: list[Constraint] = [x509.DNSName(name) for name in LOCAL_NAMES]
    local += [x509.IPAddress(ipaddress.ip_network(block)) for block in (*PRIVATE_IPV4, *PRIVATE_IPV6)]
    named: list[Constraint] = [
        x509.IPAddress(ipaddress.ip_network(host)) if is_address(host) else x509.DNSName(host)
        for host in hosts
        if not any(_covers(allowed, host) for allowed in local)
    ]
    return local + named


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, *, now: datetime, days: int
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(identifier, critical=False)
    )


def _general_name(host: str) -> Constraint:
    return x509.IPAddress(ipaddress.ip_address(host)) if is_address(host) else x509.DNSName(host)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
