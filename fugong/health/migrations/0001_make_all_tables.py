import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("health", "0002_keep_tenants_apart"), ("health", "0003_leave_the_authority_unlocked")]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kiosk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("token_hash", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                ("issued_by_name", models.CharField(max_length=200)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.UUIDField(null=True)),
                ("revoked_by_name", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "verbose_name": "thermometer",
                "verbose_name_plural": "thermometers",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "token_hash"), name="kiosk_token_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("authority", "enterprise", "name"),
                        name="kiosk_name_once",
                        violation_error_message="This enterprise has a thermometer of that name.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="KioskCall",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "kiosk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health.kiosk",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("body_hash", models.BinaryField(max_length=32)),
                ("answer", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "call of a thermometer",
                "verbose_name_plural": "calls of thermometers",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "kiosk", "key"), name="kiosk_call_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HealthReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("day", models.DateField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "corrects",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health.healthreport",
                    ),
                ),
                ("tenths", models.PositiveSmallIntegerField(null=True, verbose_name="temperature")),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("value", "Measured"),
                            ("below", "Measured, below the limit"),
                            ("none", "Not measured, no thermometer"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "symptoms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("work", "At work"), ("lodging", "At the lodging"), ("away", "Away")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("is_late", models.BooleanField(default=False)),
                ("is_alarming", models.BooleanField(default=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("own", "By the worker"),
                            ("crew", "On the crew's sheet"),
                            ("kiosk", "By a thermometer"),
                            ("proxy", "Reported for the worker"),
                        ],
                        max_length=8,
                    ),
                ),
                ("device", models.CharField(blank=True, default="", max_length=64)),
                ("reported_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_person", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "health report",
                "verbose_name_plural": "health reports",
                "indexes": [
                    models.Index(
                        models.F("authority"),
                        models.F("enterprise"),
                        models.OrderBy(models.F("day"), descending=True),
                        models.F("person"),
                        name="health_report_of_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "person", "day", "revision"),
                        name="health_report_revision_once",
                        violation_error_message="Somebody else reported for this day just now.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("revision", 1)),
                            models.Q(("corrects__isnull", False), ("revision__gt", 1)),
                            _connector="OR",
                        ),
                        name="health_report_correction_says_of_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading", "value"), ("tenths__isnull", False)),
                            models.Q(models.Q(("reading", "value"), _negated=True), ("tenths", None)),
                            _connector="OR",
                        ),
                        name="health_report_value_when_measured",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["own", "crew", "kiosk", "proxy"])),
                        name="health_report_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["work", "lodging", "away"])),
                        name="health_report_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_user", None), ("by_person", None), _connector="OR"),
                        name="health_report_by_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fever", "Fever"),
                            ("symptom", "Symptom"),
                            ("notified", "Notified from outside"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health.healthreport",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("looked_after", "Looked after"), ("closed", "Closed")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ruled_out", "Examined and ruled out"),
                            ("recovered", "Recovered"),
                            ("entry_error", "Measured or typed in wrongly"),
                            ("confirmed", "Confirmed, handed over to the health authority"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "indexes": [
                    models.Index(fields=["authority", "state", "-opened_at"], name="incident_by_state"),
                    models.Index(
                        fields=["authority", "enterprise", "-opened_at"], name="incident_of_enterprise"
                    ),
                    models.Index(fields=["authority", "person", "-opened_at"], name="incident_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "looked_after"))),
                        fields=("authority", "person"),
                        name="incident_one_at_a_time",
                        violation_error_message="This person has an incident under way already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("due_at__isnull", False),
                                ("outcome", ""),
                                ("state__in", ("open", "looked_after")),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("due_at", None),
                                ("state", "closed"),
                                ("outcome__in", ["ruled_out", "recovered", "entry_error", "confirmed"]),
                            ),
                            _connector="OR",
                        ),
                        name="incident_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("kind", "notified"), _negated=True),
                                ("report__isnull", False),
                                ("source", ""),
                            ),
                            models.Q(
                                ("kind", "notified"),
                                ("report", None),
                                models.Q(("source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="incident_stands_on_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="health.incident",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("open", "Incident opened"),
                            ("again", "Reported again"),
                            ("corrected", "The report was corrected"),
                            ("look_after", "Somebody looked after the person"),
                            ("close", "Incident closed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health.healthreport",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("separated", "Separated from the others, and watched"),
                            ("to_clinic", "Brought to the fever clinic"),
                            ("at_lodging", "Stays at the lodging"),
                            ("advised", "Advised by telephone"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ruled_out", "Examined and ruled out"),
                            ("recovered", "Recovered"),
                            ("entry_error", "Measured or typed in wrongly"),
                            ("confirmed", "Confirmed, handed over to the health authority"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "step of an incident",
                "verbose_name_plural": "steps of incidents",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["authority", "incident", "at"], name="incident_timeline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["open", "again", "corrected", "look_after", "close"])
                        ),
                        name="incident_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("measure__in", ["separated", "to_clinic", "at_lodging", "advised"]),
                                ("step", "look_after"),
                            ),
                            models.Q(models.Q(("step", "look_after"), _negated=True), ("measure", "")),
                            _connector="OR",
                        ),
                        name="incident_looked_after_by_a_measure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualitySign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("same_value", "Always the same temperature"),
                            ("same_second", "Several people in the same second"),
                            ("same_device", "Several people from the same device"),
                            ("jump", "Temperatures that cannot follow each other"),
                            ("full_rate", "Everybody, every day"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("values", models.JSONField(default=dict)),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "data-quality sign",
                "verbose_name_plural": "data-quality signs",
                "indexes": [
                    models.Index(fields=["authority", "-day", "enterprise"], name="quality_sign_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "enterprise", "day", "sign", "people", "values"),
                        name="quality_sign_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sign__in", ["same_value", "same_second", "same_device", "jump", "full_rate"])
                        ),
                        name="quality_sign_known",
                    ),
                ],
            },
        ),
    ]
