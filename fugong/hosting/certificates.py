"""What the web server shows a browser so that it may trust the line."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from fugong.hosting.faults import HostingFault

LABEL: Final = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
HOST_NAME: Final = re.compile(rf"{LABEL}(\.{LABEL})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate (with its chain) and its key, both PEM files, and the host names it is good for.

    `authority` is the certificate of our own small authority; None for one's own certificate. `renew` brings
    the files up to date, where that is ours to do.
    """

    file: Path
    key: Path
    hosts: tuple[str, ...]
    authority: Path | None = None
    renew: Callable[[], object] = lambda: None


class Watch:
    """Tells when the files were replaced, by us or by whoever renews the site's certificates."""

    def __init__(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self._seen = self._stamps()

    def has_changed(self) -> bool:
        self._certificate.renew()
        before, self._seen = self._seen, self._stamps()
        return before != self._seen

    def _stamps(self) -> list[int]:
        return [path.stat().st_mtime_ns for path in (self._certificate.file, self._certificate.key)]


def read_own(file: Path, key: Path, *, now: datetime) -> Certificate:
    """One's own certificate. Raises HostingFault when it and its key cannot serve."""
    found = read(file)
    if _public(found) != _public_of_key(key):
        raise HostingFault(f"{key} is not the key of the certificate in {file}.")
    if found.not_valid_after_utc <= now:
        raise HostingFault(f"The certificate in {file} was good until {found.not_valid_after_utc:%Y-%m-%d}.")
    hosts = hosts_of(found)
    if not hosts:
        raise HostingFault(f"The certificate in {file} names no host (it has no subject alternative names).")
    return Certificate(file, key, hosts)


def read(file: Path) -> x509.Certificate:
    """The first certificate of a PEM file."""
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        raise HostingFault(f"{file} cannot be read as a certificate in PEM form: {error}") from None


def hosts_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """Names first, then addresses. A wildcard stays as Django writes it: .example.org for *.example.org."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    written = [name.removeprefix("*") for name in names.get_values_for_type(x509.DNSName)]
    return (*written, *map(str, names.get_values_for_type(x509.IPAddress)))


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_host(host: str) -> bool:
    return is_address(host) or HOST_NAME.fullmatch(host) is not None


def wall_clock() -> datetime:
    """The machine's real time: certificates know no scenario's date."""
    return datetime.now(UTC)


def _public_of_key(key: Path) -> bytes:
    try:
        text = key.read_bytes()
        private = load_pem_private_key(text, None)
    except TypeError:
        raise HostingFault(
            f"{key} is locked by a passphrase; give one without, readable by its owner only."
        ) from None
    except (OSError, ValueError) as error:
        raise HostingFault(f"{key} cannot be read as a private key in PEM form: {error}") from None
    if b"BEGIN PRIVATE KEY" not in text:
        raise HostingFault(
            f"{key} is not in the form PKCS #8. "
            f"Convert it: openssl pkcs8 -topk8 -nocrypt -in {key} -out NEW.key"
        )
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
