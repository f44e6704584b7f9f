"""This machine's addresses in its own network, as a phone beside it would type them."""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterable
from typing import Final

SIOCGIFADDR: Final = 0x8915
# Bridges and tunnels of container engines and virtual machines: no phone is behind them.
INNER: Final = ("docker", "br-", "veth", "virbr", "vmnet", "cni", "flannel", "lxc", "podman")
# An address of the documentation block: choosing a route towards it sends nothing.
FAR_AWAY: Final = ("192.0.2.1", 9)


def lan_addresses() -> list[str]:
    """IPv4, the one a phone most likely reaches first; empty where there is no network."""
    return arranged(_of_interfaces(), outward=_outward())


def arranged(found: Iterable[tuple[str, str]], *, outward: str | None) -> list[str]:
    """Of (interface, address) pairs those of real networks: the outward one first, private before public."""
    usable = [
        address
        for interface, address in found
        if not interface.startswith(INNER) and not _is_useless(ipaddress.ip_address(address))
    ]
    return sorted(dict.fromkeys(usable), key=lambda each: (each != outward, _is_public(each)))


def _is_useless(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback or address.is_link_local or address.is_unspecified


def _is_public(address: str) -> bool:
    return not ipaddress.ip_address(address).is_private


def _of_interfaces() -> list[tuple[str, str]]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(asking.fileno(), SIOCGIFADDR, request)
            except OSError:  # an interface without an address
                continue
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return found


def _outward() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(FAR_AWAY)
        except OSError:  # no route out of here, as on many an intranet
            return None
        address: str = asking.getsockname()[0]
    return address
