"""A hundred times the Datong case, by copying its rows in the database: only to measure what size costs.

No figure is read off this data. Identifiers of copies are computed from the original's, so that rows which
belong together still do.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connections

TABLES = (
    "enterprises_enterprise",
    "enterprises_premises",
    "enterprises_registerevent",
    "enterprises_namegram",
    "enterprises_standingevent",
    "enterprises_standing",
    "resumption_application",
    "resumption_application_event",
    "resumption_answer",
    "resumption_letter",
    "resumption_step",
    "resumption_remark",
    "resumption_verification",
    "resumption_verification_item",
    "resumption_condition",
    "resumption_certificate",
    "resumption_certificate_event",
    "resumption_production_report",
    "resumption_suspension",
    "support_difficulty",
    "support_difficultyevent",
    "core_decisionrecord",
    "duties_duty",
)
OWN = {
    "id",
    "enterprise_id",
    "application_id",
    "step_id",
    "verification_id",
    "certificate_id",
    "difficulty_id",
    "decision_id",
    "subject_id",
    "owner_enterprise_id",
}
CHANGED = {
    "credit_code": "upper(substr(md5(credit_code || k), 1, 18))",
    "number": "left(number, 12) || '-' || k",
    "name": "name || k",
    "name_key": "name_key || k",
}
NAMED = {"enterprises_enterprise", "enterprises_registerevent"}


def grow(authority_id: UUID, *, factor: int) -> None:
    """Every enterprise and all that belongs to it, `factor` times in all."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, false)", [str(authority_id)])
        for table in TABLES:
            cursor.execute(
                "select column_name from information_schema.columns"
                " where table_schema = 'public' and table_name = %s and is_generated = 'NEVER'"
                " and is_identity = 'NO' order by ordinal_position",
                [table],
            )
            columns = [row[0] for row in cursor.fetchall()]
            values = ", ".join(_value(table, column) for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"insert into {table} ({names}) select {values} from {table}, generate_series(1, %s) k",
                [factor - 1],
            )
        cursor.execute("update enterprises_standingcount set number = number * %s", [factor])
        cursor.execute("analyze")


def _value(table: str, column: str) -> str:
    if column in OWN:
        return f"md5({column}::text || k)::uuid"
    if column in CHANGED and (not column.startswith("name") or table in NAMED):
        return CHANGED[column]
    return f'"{column}"'
