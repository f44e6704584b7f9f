"""Where the server listens, and whether it answers there."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import closing
from typing import Final

from fugong.hosting.faults import HostingFault

ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 compared, not bound
PATIENCE: Final = 2.0  # seconds for one answer


def free_port(address: str, port: int) -> int:
    """The port, or for 0 one that is free. Raises HostingFault when it cannot be had."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise HostingFault(f"{address} is no address of this machine. Give another --address.") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            raise HostingFault(_why_not(address, port, error)) from None
        found: int = probe.getsockname()[1]
    return found


def free_port_from(address: str, port: int) -> int:
    """This port, or any free one when it is taken."""
    try:
        return free_port(address, port)
    except HostingFault:
        return free_port(address, 0)


def answers(address: str, port: int, *, host: str, secure: bool) -> bool:
    """Whether the server says it is well. It is ours, on this machine: its certificate is not judged."""
    reach = ANY.get(address, address)
    try:
        with closing(_connect(reach, port, secure)) as connection:
            connection.request("GET", "/healthz", headers={"Host": host})
            status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    return status == http.client.OK


def url(host: str, port: int, *, secure: bool) -> str:
    """Without the port where a browser knows it."""
    name = bracketed(host)
    scheme, usual = ("https", 443) if secure else ("http", 80)
    return f"{scheme}://{name}" if port == usual else f"{scheme}://{name}:{port}"


def bracketed(host: str) -> str:
    """As a URL and Django's list of hosts write it."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _connect(reach: str, port: int, secure: bool) -> http.client.HTTPConnection:
    if not secure:
        return http.client.HTTPConnection(reach, port, timeout=PATIENCE)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(reach, port, timeout=PATIENCE, context=context)


def _why_not(address: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} is for the system's own services; give a port of 1024 or more with --port."
    if error.errno == 98 or "in use" in str(error):
        return (
            f"Port {port} on {address} is in use by another program, perhaps another Fugong. "
            f"Stop that one, or choose another port: --port {port + 1}."
        )
    return f"{address}:{port} cannot be listened on: {error.strerror}. Give another --address or --port."
