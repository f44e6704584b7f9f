"""HTTPS as a browser meets it: a client that trusts the local authority, and one that does not."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from .conftest import Deployment, Serving
from .test_certificates import own_files

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def secure(deployed: Deployment) -> Iterator[Serving]:
    server = deployed.start("--no-worker", "--local-authority", "--host", "fugong.local")
    yield server
    server.stop()


@pytest.fixture
def trusting(deployed: Deployment) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(deployed.home / "keys" / "authority.crt"))


def port_of(server: Serving) -> int:
    return urlsplit(server.url).port or 443


def handshake(server: Serving, context: ssl.SSLContext, host: str) -> str | None:
    line = socket.create_connection(("127.0.0.1", port_of(server)), timeout=10)
    with line, context.wrap_socket(line, server_hostname=host) as wrapped:
        return wrapped.version()


def get(server: Serving, context: ssl.SSLContext, path: str, host: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPSConnection("localhost", port_of(server), context=context, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def doorstep(server: Serving) -> tuple[str, int]:
    found = re.search(r"Phones begin at http://([^:]+):(\d+)", "".join(server.said))
    assert found
    return "127.0.0.1", int(found[2])


@pytest.mark.parametrize("host", ["fugong.local", "localhost", "127.0.0.1"])
def test_who_trusts_the_authority_trusts_the_server(secure, trusting, host):
    assert handshake(secure, trusting, host) == "TLSv1.3"


def test_an_older_phone_gets_tls_1_2(secure, trusting):
    trusting.maximum_version = ssl.TLSVersion.TLSv1_2
    assert handshake(secure, trusting, "localhost") == "TLSv1.2"


@pytest.mark.parametrize("host", ["other.local", "example.com", "127.0.0.2"])
def test_a_wrong_host_is_refused(secure, trusting, host):
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        handshake(secure, trusting, host)


def test_who_does_not_trust_the_authority_is_warned(secure):
    with pytest.raises(ssl.SSLCertVerificationError, match="self-signed certificate in certificate chain"):
        handshake(secure, ssl.create_default_context(), "localhost")


def test_cookies_are_secure_and_the_public_name_is_known(secure, trusting):
    assert secure.url == f"https://fugong.local:{port_of(secure)}"
    answer = get(secure, trusting, "/sign-in/", f"fugong.local:{port_of(secure)}")
    assert answer.status == 200
    cookies = answer.headers.get_all("set-cookie") or []
    assert cookies
    assert all("secure" in cookie.lower() for cookie in cookies)


def test_another_host_name_is_refused_by_the_application(secure, trusting):
    assert get(secure, trusting, "/sign-in/", "evil.example").status == 400


def test_a_local_authority_asks_no_browser_to_insist(secure, trusting):
    answer = get(secure, trusting, "/healthz", "fugong.local")
    assert "strict-transport-security" not in answer.headers


def test_the_doorstep_hands_out_the_authority_and_its_fingerprint(secure, deployed):
    page, certificate = plain(doorstep(secure), "/"), plain(doorstep(secure), "/ca.crt")
    assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
    pem = (deployed.home / "keys" / "authority.crt").read_text()
    assert certificate.body == ssl.PEM_cert_to_DER_cert(pem)
    shown = re.search(r"^[0-9A-F:]{95}$", "".join(secure.said), re.M)
    assert shown
    assert shown[0].replace(":", " ").encode() in page.body
    assert secure.url.encode() in page.body


def test_everything_else_at_the_doorstep_leads_to_the_real_address(secure):
    answer = plain(doorstep(secure), "/keys/authority.key")
    assert (answer.status, answer.headers["location"]) == (302, secure.url)
    assert answer.body == b""


def test_ones_own_certificate_is_served_and_browsers_are_told_to_insist(another, tmp_path):
    file, key = own_files(tmp_path, hosts=("fugong.example.gov.cn", "127.0.0.1"), made=None)
    server = another.start("--no-worker", "--certificate", file, "--key", key)
    trusted = ssl.create_default_context(cafile=str(tmp_path / "root.crt"))
    port = port_of(server)
    try:
        assert server.url == f"https://fugong.example.gov.cn:{port}"
        assert handshake(server, trusted, "fugong.example.gov.cn") == "TLSv1.3"
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusted, timeout=10)
        connection.request("GET", "/healthz", headers={"Host": f"fugong.example.gov.cn:{port}"})
        answer = connection.getresponse()
        connection.close()
        assert answer.headers["strict-transport-security"] == "max-age=2592000"
        assert "Phones begin" not in "".join(server.said)
    finally:
        server.stop()


def test_a_certificate_without_its_key_is_refused(deployed, tmp_path):
    file, _ = own_files(tmp_path, made=None)
    done = deployed.run("serve", "--certificate", file)
    assert (done.code, done.err.splitlines()[-1]) == (1, "fugong serve: --certificate and --key go together.")


class Answer:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()


def plain(where: tuple[str, int], path: str) -> Answer:
    connection = http.client.HTTPConnection(*where, timeout=10)
    connection.request("GET", path)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer
