"""Which database this installation uses: the embedded cluster, or a server named by URL."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.faults import DatabaseFault
from fugong.core.postgres.roles import APP, OWNER
from fugong.core.postgres.urls import ConnectionInfo, parse_url

APP_SETTING: Final = "FUGONG_DATABASE_URL"
OWNER_SETTING: Final = "FUGONG_OWNER_DATABASE_URL"


def is_external(environ: Mapping[str, str] = os.environ) -> bool:
    return bool(environ.get(APP_SETTING))


def connections_for(
    home: Path, *, owner: bool, environ: Mapping[str, str] = os.environ
) -> dict[str, ConnectionInfo]:
    """The application's connection as "default" and, if asked for, the owner's as "owner".

    Starts nothing and connects nowhere.
    """
    if is_external(environ):
        return _external(environ, owner=owner)
    cluster = Cluster(home, environ=environ)
    found = {"default": cluster.connection(APP)}
    return found | ({"owner": cluster.connection(OWNER)} if owner else {})


def django_databases(
    home: Path, *, owner: bool, environ: Mapping[str, str] = os.environ
) -> dict[str, dict[str, Any]]:
    """The same as Django's DATABASES."""
    found = connections_for(home, owner=owner, environ=environ)
    return {alias: info.django() for alias, info in found.items()}


def _external(environ: Mapping[str, str], *, owner: bool) -> dict[str, ConnectionInfo]:
    found = {"default": parse_url(environ[APP_SETTING], setting=APP_SETTING)}
    if not owner:
        return found
    named = environ.get(OWNER_SETTING)
    if not named:
        raise DatabaseFault(
            f"{APP_SETTING} is set but {OWNER_SETTING} is not. Changing tables needs the owner's "
            f"connection: set {OWNER_SETTING} to the URL of the role {OWNER}."
        )
    return found | {"owner": parse_url(named, setting=OWNER_SETTING)}
