"""From where people reach the server, and the certificate that goes with it."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from fugong.core.secrets import keys_folder
from fugong.hosting.authority import certificate_for
from fugong.hosting.certificates import Certificate, is_host
from fugong.hosting.faults import HostingFault
from fugong.hosting.network import lan_addresses
from fugong.hosting.ports import ANY

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - all networks are meant, and asked for


def local_certificate(home: Path, *, address: str, hosts: Sequence[str] = ()) -> Certificate:
    """Of the local authority, good for all names this server has when it listens on `address`.

    The first of `hosts`, else the host of FUGONG_PUBLIC_URL, else this machine's address in its network is
    the one people are told. Raises HostingFault where nobody else could reach it.
    """
    names = [*hosts, *_public_host(), *_addresses(address), *_machine()]
    return certificate_for(list(dict.fromkeys(names)), folder=keys_folder(home))


def phone_certificate(home: Path, *, hosts: Sequence[str] = ()) -> Certificate:
    """As `local_certificate`, for a server on all networks (`EVERYWHERE`) that phones beside it may reach."""
    if not hosts and not lan_addresses():
        raise HostingFault(
            "This machine has no address in a network, so no phone can reach it. Connect it to one, "
            "or give the name under which phones reach it with --host."
        )
    return local_certificate(home, address=EVERYWHERE, hosts=hosts)


def _public_host() -> list[str]:
    host = urlsplit(os.environ.get("FUGONG_PUBLIC_URL", "")).hostname
    return [host] if host and host != "localhost" else []


def _addresses(address: str) -> list[str]:
    return lan_addresses() if address in ANY else [address]


def _machine() -> list[str]:
    """Its name, alone and as its network may announce it."""
    name = socket.gethostname().lower()
    if not is_host(name):
        return []
    return [name] if "." in name else [name, f"{name}.local"]
