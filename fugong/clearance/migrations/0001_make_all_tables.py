import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("clearance", "0002_keep_tenants_apart"),
        ("clearance", "0003_leave_the_authority_unlocked"),
        ("clearance", "0004_put_a_paper_under_a_level"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0002_keep_tenants_apart"),
        ("core", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
        ("playbooks", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
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
                ("level", models.CharField(max_length=64)),
                ("reasons", models.JSONField()),
                (
                    "text",
                    fugong.core.sealed.fields.SealedField(
                        data_class="clearance", verbose_name="why the level is wrong"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for the answer"),
                            ("granted", "Was wrong: the level is lifted"),
                            ("dismissed", "The level stands"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "playbook_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                ("by_person", models.BooleanField()),
                ("made_by_name", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="clearance", verbose_name="answer"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "indexes": [
                    models.Index(fields=["authority", "person", "-made_at"], name="appeal_of_person"),
                    models.Index(fields=["authority", "state", "due_at"], name="appeal_by_clock"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "granted", "dismissed"])),
                        name="appeal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="appeal_answered_in_full",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("authority", "person"),
                        name="appeal_one_open",
                        violation_error_message="An appeal of this person is waiting for its answer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandLevel",
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
                ("reason", models.CharField(max_length=64)),
                ("reason_zh", models.CharField(max_length=100)),
                ("reason_en", models.CharField(max_length=150)),
                ("level", models.CharField(max_length=64)),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "text",
                    fugong.core.sealed.fields.SealedField(data_class="clearance", verbose_name="evidence"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for the second person"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("ended", "Ended early"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "playbook_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_by_name", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("ended_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "note",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="clearance", verbose_name="note"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "level by hand",
                "verbose_name_plural": "levels by hand",
                "indexes": [
                    models.Index(fields=["authority", "person", "-proposed_at"], name="hand_of_person"),
                    models.Index(fields=["authority", "state", "-proposed_at"], name="hand_by_state"),
                    models.Index(fields=["authority", "reason", "decided_at"], name="hand_by_reason"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "confirmed", "refused", "ended"])),
                        name="hand_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hand_two_people",
                        violation_error_message="The second person must be another one than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("expires_at", None), ("state", "proposed")),
                            models.Q(
                                ("decided_by__isnull", False), ("expires_at", None), ("state", "refused")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("expires_at__isnull", False),
                                ("state__in", ["confirmed", "ended"]),
                            ),
                            _connector="OR",
                        ),
                        name="hand_decided_in_full",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("authority", "person"),
                        name="hand_one_proposal",
                        violation_error_message="A level is already proposed for this person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
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
                ("level", models.CharField(max_length=64)),
                ("lapses_to", models.CharField(max_length=64)),
                ("asks", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("reasons", models.JSONField()),
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
                ("law", models.CharField(db_collation="C", max_length=16)),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "clearance",
                "verbose_name_plural": "clearances",
                "indexes": [
                    models.Index(
                        condition=models.Q(("until__isnull", False)),
                        fields=["authority", "until"],
                        name="clearance_lapses",
                    ),
                    models.Index(fields=["authority", "level", "since"], name="clearance_by_level"),
                    models.Index(fields=["authority", "-since", "-id"], name="clearance_newest"),
                    models.Index(fields=["authority", "law"], name="clearance_by_law"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "person"), name="clearance_one_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("kind", models.CharField(max_length=40)),
                ("is_latest", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("level", models.CharField(blank=True, default="", max_length=64)),
                ("reason", models.CharField(blank=True, default="", max_length=64)),
                ("source_kind", models.CharField(max_length=60)),
                ("source_id", models.UUIDField()),
                ("source_label", models.CharField(blank=True, default="", max_length=200)),
                ("source_url", models.CharField(blank=True, default="", max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("relieved_at", models.DateTimeField(null=True)),
                ("relieved_by", models.UUIDField(null=True)),
                ("relieved_by_name", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "indexes": [
                    models.Index(fields=["authority", "person", "-since"], name="evidence_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_latest", True)),
                        fields=("authority", "person", "kind"),
                        name="evidence_latest_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_latest", False)),
                        fields=("authority", "source_id", "person", "kind"),
                        name="evidence_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="evidence_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", ""), ("reason", "")),
                            models.Q(("level", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_by_hand",
                    ),
                ],
            },
        ),
    ]
