"""`python -m tests.bench [NAME …]`: runs the measurements named, or all."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests import server  # noqa: E402
from tests.bench import importing, loading, pages, reports, rolls, staff  # noqa: E402
from tests.bench.measuring import Report  # noqa: E402

MEASUREMENTS = {
    "load": loading.measure,
    "pages": pages.measure,
    "import": importing.measure,
    "rolls": rolls.measure,
    "reports": reports.measure,
    "staff": staff.measure,
}
TEMPLATE = "fugong"


def main(names: list[str]) -> int:
    unknown = set(names) - set(MEASUREMENTS)
    if unknown:
        print(f"bench: there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
        return 2
    setup_test_environment()
    report, cluster = Report(), server.Server()
    cluster.start()
    try:
        server.point_at(TEMPLATE)
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        for connection in connections.all():
            connection.close()
        for name in names or MEASUREMENTS:
            MEASUREMENTS[name](report, TEMPLATE)
    finally:
        for connection in connections.all():
            connection.close()
        cluster.stop()
    print(f"kept in {report.path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
