import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("resumption", "0002_keep_tenants_apart"),
        ("resumption", "0003_change_only_what_moves"),
        ("resumption", "0004_say_a_condition_in_both_languages"),
        ("resumption", "0005_close_what_has_no_purpose"),
        ("resumption", "0006_order_the_list"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0002_keep_tenants_apart"),
        ("core", "0001_make_all_tables"),
        ("enterprises", "0001_make_all_tables"),
        ("playbooks", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("number", models.CharField(max_length=24)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("resume", "Resume work"), ("reopen", "Re-open after a suspension")],
                        default="resume",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Under review"),
                            ("returned", "Returned for correction"),
                            ("withdrawn", "Withdrawn"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("planned_on", models.DateField(null=True)),
                ("planned_staff", models.PositiveIntegerField(null=True)),
                (
                    "playbook_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                ("applicant", models.JSONField(default=dict)),
                ("judged_on", models.DateField(null=True)),
                ("route_key", models.CharField(blank=True, max_length=64)),
                ("wave_key", models.CharField(blank=True, max_length=64)),
                ("priority_rank", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_id", models.UUIDField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_application",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["authority", "submitted_at"],
                        name="application_queue",
                    ),
                    models.Index(fields=["enterprise", "-opened_at"], name="application_of_enterprise"),
                    models.Index(
                        models.F("authority"),
                        models.OrderBy(models.F("submitted_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="application_newest",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="application_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "returned", "submitted"])),
                        fields=("enterprise",),
                        name="application_one_open",
                        violation_error_message="The enterprise has an open application already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "returned", "withdrawn", "approved", "refused"],
                            )
                        ),
                        name="application_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at", None), ("state__in", ["approved", "refused"]), _connector="XOR"
                        ),
                        name="application_decided_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", False),
                            ("state__in", ["draft", "withdrawn"]),
                            _connector="OR",
                        ),
                        name="application_submitted_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at", None),
                            ("decided_at__gte", models.F("submitted_at")),
                            _connector="OR",
                        ),
                        name="application_decided_after_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationEvent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="resumption.application",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Draft opened"),
                            ("submitted", "Application submitted"),
                            ("resubmitted", "Application submitted again"),
                            ("withdrawn", "Application withdrawn"),
                            ("verified", "Verified on site"),
                            ("agreed", "Opinion: agreed"),
                            ("objected", "Opinion: not agreed"),
                            ("returned", "Returned for correction"),
                            ("refused", "Application refused"),
                            ("approved", "Application approved"),
                            ("moot", "Application closed: the suspension has ended"),
                            ("left", "Application closed: the enterprise has left"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_state", models.CharField(blank=True, max_length=12)),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Under review"),
                            ("returned", "Returned for correction"),
                            ("withdrawn", "Withdrawn"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("authority", "Authority"),
                            ("nobody", "Nobody: closed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("detail", models.JSONField(default=dict)),
                ("decision_id", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "resumption_application_event",
                "indexes": [models.Index(fields=["application", "at"], name="application_event_order")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "resumption_number_series",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "series", "year"), name="number_series_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CertificateKey",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                ("key_id", models.CharField(max_length=16)),
                ("public_key", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_certificate_key",
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "key_id"), name="certificate_key_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="resumption.application",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("number", models.CharField(max_length=24)),
                ("enterprise_name", models.CharField(max_length=200)),
                ("credit_code", models.CharField(blank=True, max_length=18)),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("key_id", models.CharField(max_length=16)),
                ("signature", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked")],
                        default="valid",
                        max_length=12,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("decision_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_certificate",
                "indexes": [
                    models.Index(fields=["enterprise", "-issued_at"], name="certificate_of_enterprise")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="certificate_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "revoked"), _negated=True),
                        fields=("enterprise",),
                        name="certificate_one_living",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["valid", "suspended", "revoked"])),
                        name="certificate_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="certificate_period_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateEvent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="resumption.certificate",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked")],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("infection", "Infection among people on site"),
                            ("standard_not_kept", "A required standard is no longer kept"),
                            ("work_safety", "Danger to work safety"),
                            ("condition_not_kept", "A condition of the approval is not kept"),
                            ("false_statement", "A statement in the application was false"),
                            ("order_from_above", "Order of a higher authority"),
                        ],
                        max_length=24,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_certificate_event",
                "ordering": ["at", "id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="resumption.application",
                    ),
                ),
                ("standard", models.CharField(max_length=64)),
                ("item", models.CharField(blank=True, max_length=64)),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("met", "Met"),
                            ("not_met", "Not met"),
                            ("not_applicable", "Does not apply"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_answer",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "standard", "item"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["met", "not_met", "not_applicable"])),
                        name="answer_value_known",
                    ),
                ],
                "indexes": [],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="resumption.application",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "Checklist item"),
                            ("paper", "Paper"),
                            ("letter", "Letter of commitment"),
                            ("field", "Field"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=130)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("removed_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_evidence",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("application", "kind", "key", "file"),
                        name="evidence_once",
                        violation_error_message="This file is attached here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["item", "paper"])), name="evidence_kind_known"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="resumption.application",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "signature_kind",
                    models.CharField(
                        choices=[("drawn", "Signed by hand on the screen"), ("typed", "Name typed")],
                        max_length=8,
                    ),
                ),
                ("signed_name", models.CharField(blank=True, max_length=80)),
                ("signature_png", models.BinaryField(null=True)),
                ("signed_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_letter",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature_kind", "typed"),
                                ("signature_png", None),
                                models.Q(("signed_name", ""), _negated=True),
                            ),
                            models.Q(("signature_kind", "drawn"), ("signature_png__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_is_signed",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProductionReport",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("day", models.DateField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("on_post", models.PositiveIntegerField()),
                ("capacity_percent", models.PositiveSmallIntegerField()),
                ("needs", models.CharField(blank=True, max_length=500)),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("more_than_staff", "More people on post than the enterprise normally has"),
                                ("never_changing", "The same numbers for many days"),
                                ("jump", "A jump from the report before"),
                                ("capacity_without_people", "Output without people on post"),
                            ],
                            max_length=24,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("is_late", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_production_report",
                "indexes": [models.Index(fields=["authority", "day"], name="production_report_of_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise", "day", "revision"),
                        name="production_report_once",
                        violation_error_message="Somebody else reported for this day just now.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity_percent__lte", 150)), name="production_report_capacity"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="resumption.application",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("level", models.PositiveSmallIntegerField()),
                ("name_zh", models.CharField(blank=True, max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("body", models.CharField(blank=True, max_length=64)),
                ("permission", models.CharField(max_length=64)),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("needs_visit", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an earlier step"),
                            ("open", "Open"),
                            ("agreed", "Agreed"),
                            ("returned", "Returned for correction"),
                            ("refused", "Refused"),
                            ("skipped", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_by_name", models.CharField(blank=True, max_length=80)),
                ("opinion", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_step",
                "ordering": ["application_id", "round", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["authority", "permission"],
                        name="step_queue",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "round", "key"), name="step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "open", "agreed", "returned", "refused", "skipped"])
                        ),
                        name="step_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ["agreed", "returned", "refused"]),
                                models.Q(("decided_by_name", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["agreed", "returned", "refused"]), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decided_by_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="step_decided_by_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), _negated=True),
                            ("opened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="step_open_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="resumption.application",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="resumption.step",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "Checklist item"),
                            ("paper", "Paper"),
                            ("letter", "Letter of commitment"),
                            ("field", "Field"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=130)),
                ("text", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_remark",
                "ordering": ["at", "id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Condition",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="resumption.application",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(blank=True, max_length=64)),
                ("text", models.CharField(max_length=500)),
                ("text_en", models.TextField(blank=True, default="")),
                ("until", models.DateField(null=True)),
                ("fulfilled_at", models.DateTimeField(null=True)),
                (
                    "fulfilled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("fulfilled_by_name", models.CharField(blank=True, max_length=80)),
                ("fulfilled_note", models.CharField(blank=True, max_length=500)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("done_by_name", models.CharField(blank=True, default="", max_length=80)),
                ("done_note", models.CharField(blank=True, default="", max_length=500)),
                ("sent_back_note", models.CharField(blank=True, default="", max_length=500)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_condition",
                "ordering": ["application_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "position"), name="condition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fulfilled_at", None), ("fulfilled_by_name", "")),
                            models.Q(
                                ("fulfilled_at__isnull", False),
                                models.Q(("fulfilled_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="condition_fulfilled_by_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by_name", ""), ("done_note", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                models.Q(("done_by_name", ""), _negated=True),
                                models.Q(("done_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="condition_done_by_when_and_how",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("infection", "Infection among people on site"),
                            ("standard_not_kept", "A required standard is no longer kept"),
                            ("work_safety", "Danger to work safety"),
                            ("condition_not_kept", "A condition of the approval is not kept"),
                            ("false_statement", "A statement in the application was false"),
                            ("order_from_above", "Order of a higher authority"),
                        ],
                        max_length=24,
                    ),
                ),
                ("evidence", models.CharField(max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed, waits for a second person"),
                            ("in_force", "In force"),
                            ("declined", "Not confirmed"),
                            ("lifted", "Lifted"),
                            ("lapsed", "Ended by its date"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_by_name", models.CharField(max_length=80)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_by_name", models.CharField(blank=True, max_length=80)),
                ("settled_note", models.CharField(blank=True, max_length=500)),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_by_name", models.CharField(blank=True, max_length=80)),
                ("ended_note", models.CharField(blank=True, max_length=500)),
                ("decision_id", models.UUIDField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_suspension",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "in_force")),
                        fields=["authority", "ends_at"],
                        name="suspension_to_lapse",
                    ),
                    models.Index(fields=["enterprise", "-proposed_at"], name="suspension_of_enterprise"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "in_force"])),
                        fields=("enterprise",),
                        name="suspension_one_open",
                        violation_error_message="A suspension of this enterprise is open already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "in_force", "declined", "lifted", "lapsed"])
                        ),
                        name="suspension_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "infection",
                                    "standard_not_kept",
                                    "work_safety",
                                    "condition_not_kept",
                                    "false_statement",
                                    "order_from_above",
                                ],
                            )
                        ),
                        name="suspension_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="suspension_has_evidence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("proposed_at"))),
                        name="suspension_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by", None),
                            models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="suspension_second_person",
                        violation_error_message="A second person has to confirm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_settled_by_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["lifted", "lapsed"])),
                            models.Q(("ended_at", None), ("state__in", ["proposed", "declined", "in_force"])),
                            _connector="OR",
                        ),
                        name="suspension_ended_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="resumption.application",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("visited_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_name", models.CharField(max_length=80)),
                ("passed", models.BooleanField()),
                ("vetoed", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "signature_kind",
                    models.CharField(
                        choices=[("drawn", "Signed by hand on the screen"), ("typed", "Name typed")],
                        max_length=8,
                    ),
                ),
                ("signed_name", models.CharField(blank=True, max_length=80)),
                ("signature_png", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "resumption_verification",
                "ordering": ["visited_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature_kind", "typed"),
                                ("signature_png", None),
                                models.Q(("signed_name", ""), _negated=True),
                            ),
                            models.Q(("signature_kind", "drawn"), ("signature_png__isnull", False)),
                            _connector="OR",
                        ),
                        name="verification_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vetoed", False), ("passed", False), _connector="OR"),
                        name="verification_vetoed_is_not_passed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visited_at__lte", models.F("recorded_at"))),
                        name="verification_not_to_come",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="VerificationItem",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="resumption.verification",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("name_zh", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "result",
                    models.CharField(
                        blank=True, choices=[("pass", "Passed"), ("fail", "Failed")], max_length=8
                    ),
                ),
                ("count", models.PositiveIntegerField(null=True)),
                ("unit_zh", models.CharField(blank=True, max_length=20)),
                ("unit_en", models.CharField(blank=True, max_length=40)),
                ("is_veto", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "resumption_verification_item",
                "ordering": ["verification_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("verification", "key"), name="verification_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("count__isnull", False), ("result", "")),
                            ("result__in", ["pass", "fail"]),
                            _connector="OR",
                        ),
                        name="verification_item_says_something",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
