import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("returns", "0002_leave_the_authority_unlocked")]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
        ("playbooks", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedReturn",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                ("arrives_on", models.DateField()),
                ("from_region", models.CharField(db_collation="C", max_length=6)),
                (
                    "transport",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("train", "Train"),
                            ("flight", "Flight"),
                            ("coach", "Coach"),
                            ("chartered", "Chartered bus"),
                            ("car", "Car"),
                            ("ship", "Ship"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                (
                    "lodging",
                    models.CharField(
                        choices=[
                            ("home", "A home of one's own"),
                            ("dormitory", "A dormitory of the enterprise"),
                            ("other", "Elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("room", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("not_allowed", "Not allowed"),
                            ("arrived", "Arrived"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("may_return", "May return"),
                            ("with_conditions", "May return under conditions"),
                            ("not_yet", "May not return yet"),
                            ("ask", "To be asked first"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "playbook_version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                ("apart_days", models.PositiveSmallIntegerField(default=0)),
                (
                    "apart_place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "At home"),
                            ("enterprise", "In the enterprise"),
                            ("central", "In a central place"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("apart_from", models.DateField(null=True)),
                ("apart_until", models.DateField(null=True)),
                ("decided_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField()),
                ("planned_by", models.UUIDField(null=True)),
                ("planned_by_name", models.CharField(blank=True, max_length=200)),
                ("arrived_on", models.DateField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "verbose_name": "planned return",
                "verbose_name_plural": "planned returns",
                "indexes": [
                    models.Index(fields=["authority", "arrives_on", "id"], name="return_by_day"),
                    models.Index(
                        fields=["authority", "enterprise", "arrives_on"], name="return_of_enterprise"
                    ),
                    models.Index(fields=["authority", "person", "-planned_at"], name="return_of_person"),
                    models.Index(
                        condition=models.Q(("apart_until__isnull", False)),
                        fields=["authority", "apart_until"],
                        name="return_apart",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("planned", "not_allowed"))),
                        fields=["authority", "playbook_version"],
                        name="return_decided_by",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("planned", "not_allowed"))),
                        fields=("authority", "person"),
                        name="return_open_once",
                        violation_error_message="A return of this person is planned already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "not_allowed", "arrived", "cancelled"])),
                        name="return_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["may_return", "with_conditions", "not_yet", "ask"])
                        ),
                        name="return_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("arrived_at__isnull", False),
                                ("arrived_on__isnull", False),
                                ("state", "arrived"),
                            ),
                            models.Q(
                                models.Q(("state", "arrived"), _negated=True),
                                ("arrived_at__isnull", True),
                                ("arrived_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="return_arrived_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "planned"), models.Q(("outcome", "not_yet"), _negated=True)),
                            models.Q(("outcome", "not_yet"), ("state", "not_allowed")),
                            ("state__in", ["arrived", "cancelled"]),
                            _connector="OR",
                        ),
                        name="return_state_follows_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("apart_days", 0),
                                ("apart_from__isnull", True),
                                ("apart_place", ""),
                                ("apart_until__isnull", True),
                            ),
                            models.Q(
                                ("apart_days__gt", 0),
                                ("apart_from__isnull", False),
                                ("apart_until__gt", models.F("apart_from")),
                                models.Q(("apart_place", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="return_apart_is_whole",
                    ),
                ],
            },
        ),
    ]
