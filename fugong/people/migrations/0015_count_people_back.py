from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import append_only, enable_rls

READ = ("people_employment", "people_person", "enterprises_enterprise")
# What was recorded before is noted as it stands. The owner of the tables is bound by their policies, which
# have to be lifted while the rows of all authorities are read.
NOTE_WHAT_IS_THERE = [
    *(f"alter table {table} no force row level security" for table in READ),
    """
    insert into people_workevent
           (id, authority_id, employment_id, person_id, enterprise_id, area_id, home_region, starts_on,
            ends_on, recorded_at)
    select gen_random_uuid(), work.authority_id, work.id, work.person_id, work.enterprise_id, place.area_id,
           person.home_region, work.starts_on, work.ends_on, work.recorded_at
      from people_employment work
      join people_person person on person.id = work.person_id
      join enterprises_enterprise place on place.id = work.enterprise_id
    """,
    *(f"alter table {table} force row level security" for table in READ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("people", "0014_keep_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("employment_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("enterprise_id", models.UUIDField()),
                ("area_id", models.UUIDField()),
                ("home_region", models.CharField(blank=True, max_length=6)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of an employment",
                "verbose_name_plural": "events of employments",
                "indexes": [
                    models.Index(
                        fields=["authority", "employment_id", "-recorded_at", "-id"],
                        name="work_event_latest",
                    )
                ],
            },
        ),
        migrations.RunSQL(sql=NOTE_WHAT_IS_THERE, reverse_sql=migrations.RunSQL.noop),
        enable_rls("people_workevent"),
        append_only("people_workevent"),
    ]
