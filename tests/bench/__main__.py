"""`python -m tests.bench [NAME …]`: runs the measurements named, or all."""

from __future__ import annotations

import sys

from django.core.management import call_command
from django.db import connections
from django.test.utils import setup_test_environment

from tests import server
from tests.bench import importing, levels, loading, pages, reports, rolls, staff
from tests.bench.gates import measure as gates
from tests.bench.measuring import Report

MEASUREMENTS = {
    "load": loading.measure,
    "pages": pages.measure,
    "import": importing.measure,
    "rolls": rolls.measure,
    "levels": levels.measure,
    "reports": reports.measure,
    "staff": staff.measure,
    "gate": gates.measure,
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
