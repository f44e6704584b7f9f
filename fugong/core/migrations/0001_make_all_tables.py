import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("core", "0002_guard_tables"),
        ("core", "0003_make_cache_table"),
        ("core", "0004_make_receipts"),
        ("core", "0005_settle_what_is_known"),
        ("core", "0006_keep_long_addresses"),
        ("core", "0007_keep_what_only_the_owner_writes"),
        ("core", "0008_end_data"),
        ("core", "0009_guard_end_data"),
        ("core", "0010_keep_lists_taken_out"),
        ("core", "0011_guard_lists_taken_out"),
        ("core", "0012_leave_the_authority_unlocked"),
    ]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
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
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("action", models.CharField(max_length=100)),
                ("subject_kind", models.CharField(blank=True, max_length=100)),
                ("subject_id", models.CharField(blank=True, max_length=64)),
                ("changes", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "core_auditentry",
                "indexes": [
                    models.Index(fields=["authority", "-at", "-id"], name="core_audit_by_time"),
                    models.Index(
                        fields=["authority", "subject_kind", "subject_id", "-at"],
                        name="core_audit_by_subject",
                    ),
                    models.Index(fields=["authority", "actor_id", "-at"], name="core_audit_by_actor"),
                    models.Index(fields=["authority", "action", "-at"], name="core_audit_by_action"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id", ""), ("subject_kind", "")),
                            models.Q(
                                models.Q(("subject_kind", ""), _negated=True),
                                models.Q(("subject_id", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="core_audit_subject_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditPending",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="core.auditentry",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
            ],
            options={
                "db_table": "core_auditpending",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="core.auditentry",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                ("position", models.BigIntegerField()),
                ("entry_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "db_table": "core_auditlink",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "position"), name="core_auditlink_one_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="core_auditlink_from_one"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
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
                ("number", models.BigIntegerField()),
                ("first_position", models.BigIntegerField()),
                ("last_position", models.BigIntegerField()),
                ("count", models.IntegerField()),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("mac", models.BinaryField()),
                ("mac_key", models.CharField(max_length=16)),
            ],
            options={
                "db_table": "core_auditseal",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="core_auditseal_one_number"),
                    models.UniqueConstraint(
                        fields=("authority", "first_position"), name="core_auditseal_one_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "count",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("last_position"), "-", models.F("first_position")
                                    ),
                                    "+",
                                    models.Value(1),
                                ),
                            ),
                            ("count__gte", 1),
                        ),
                        name="core_auditseal_counts",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DecisionRecord",
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
                ("subject_kind", models.CharField(max_length=100)),
                ("subject_id", models.UUIDField()),
                ("kind", models.CharField(max_length=100)),
                ("outcome", models.CharField(max_length=60)),
                ("reasons", models.JSONField()),
                ("evidence", models.JSONField()),
                ("playbook_id", models.CharField(max_length=60)),
                ("playbook_version", models.CharField(max_length=40)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "core_decisionrecord",
                "indexes": [
                    models.Index(
                        fields=["authority", "subject_kind", "subject_id", "at"],
                        name="core_decision_by_subject",
                    ),
                    models.Index(fields=["authority", "kind", "at"], name="core_decision_by_kind"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DestructionPlan",
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
                ("number", models.PositiveIntegerField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("due", "what is past its end date"),
                            ("emergency", "the emergency is over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("as_of", models.DateField()),
                ("contents", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField(null=True)),
                ("made_by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "core_destructionplan",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="destruction_plan_once"),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["due", "emergency"])), name="destruction_mode_known"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DestructionApproval",
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
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="core.destructionplan",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("security", "security administrator"), ("audit", "audit administrator")],
                        max_length=10,
                    ),
                ),
                ("witnesses", models.JSONField(default=list)),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_destructionapproval",
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "plan", "side"), name="destruction_side_once"
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "plan", "by"), name="destruction_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["security", "audit"])), name="destruction_side_known"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DestructionStart",
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
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="start",
                        to="core.destructionplan",
                    ),
                ),
                ("totals", models.JSONField()),
                ("figures", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "core_destructionstart",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DestructionBatch",
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
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="core.destructionplan",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("model", models.CharField(max_length=80)),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("destroy", "rows destroyed"),
                            ("blank", "personal columns emptied, the row stays"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("chained", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_destructionbatch",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "plan", "position"), name="destruction_batch_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fate__in", ["destroy", "blank"])), name="destruction_fate_known"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DestructionCertificate",
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
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="core.destructionplan",
                    ),
                ),
                ("statement", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("key_id", models.CharField(max_length=16)),
                ("public_key", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_destructioncertificate",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
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
                ("data_class", models.CharField(max_length=40)),
                ("purpose", models.CharField(choices=[("seal", "Seal"), ("index", "Index")], max_length=5)),
                ("wrapped", models.BinaryField()),
                ("master", models.CharField(max_length=16)),
                ("started_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("retired_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "core_datakey",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("authority", "data_class", "purpose"),
                        name="core_datakey_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed_at", None),
                            models.Q(("retired_at__isnull", False), ("wrapped", b"")),
                            _connector="OR",
                        ),
                        name="core_datakey_destroyed_is_gone",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ListExport",
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
                ("number", models.PositiveIntegerField()),
                ("table", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=200)),
                ("rows", models.PositiveIntegerField()),
                ("in_full", models.BooleanField(default=False)),
                ("key", models.BinaryField()),
                ("content", fugong.core.sealed.fields.SealedField(blank=True, data_class="export")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "core_listexport",
                "indexes": [models.Index(fields=["authority", "expires_at"], name="list_export_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="list_export_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="list_export_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListDownload",
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
                    "export",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="downloads",
                        to="core.listexport",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_listdownload",
                "indexes": [models.Index(fields=["authority", "export"], name="list_download_of_export")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Fact",
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
                ("name", models.CharField(max_length=100)),
                ("payload", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "db_table": "core_fact",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dead_at", None), ("delivered_at", None)),
                        fields=["authority", "due_at", "id"],
                        name="core_fact_due",
                    ),
                    models.Index(
                        condition=models.Q(("dead_at", None), _negated=True),
                        fields=["authority", "dead_at"],
                        name="core_fact_dead",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delivered_at", None), ("dead_at", None), _connector="OR"),
                        name="core_fact_one_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactReceipt",
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
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="core.fact"
                    ),
                ),
                ("handler", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_factreceipt",
                "constraints": [
                    models.UniqueConstraint(fields=("fact", "handler"), name="core_factreceipt_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("original_sha256", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                            ("image/webp", "WebP"),
                            ("application/pdf", "PDF"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "Word (.docx)",
                            ),
                            (
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                "Excel (.xlsx)",
                            ),
                            ("application/vnd.ms-excel", "Excel 97 (.xls)"),
                            ("text/csv", "CSV"),
                            ("text/plain", "TXT"),
                        ],
                        max_length=100,
                    ),
                ),
                ("purpose", models.CharField(max_length=60)),
                ("data_class", models.CharField(max_length=40)),
                ("uploaded_by", models.UUIDField(null=True)),
                ("uploaded_by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "core_storedfile",
                "indexes": [models.Index(fields=["authority", "sha256"], name="core_storedfile_by_hash")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="core_storedfile_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original_sha256__regex", "^[0-9a-f]{64}$"), ("sha256__regex", "^[0-9a-f]{64}$")
                        ),
                        name="core_storedfile_hashes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Horizon",
            fields=[
                (
                    "authority",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="areas.authority",
                    ),
                ),
                ("known_at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_horizon",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RetentionTerm",
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
                ("retention", models.CharField(max_length=40)),
                ("days", models.PositiveIntegerField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField(null=True)),
                ("set_by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "core_retentionterm",
                "indexes": [models.Index(fields=["authority", "retention", "-set_at"], name="term_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="term_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyEnd",
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
                ("ended_on", models.DateField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField(null=True)),
                ("set_by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "core_emergencyend",
                "indexes": [models.Index(fields=["authority", "-set_at"], name="emergency_end_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="emergency_end_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                ("key", models.UUIDField()),
                ("user_id", models.UUIDField(null=True)),
                ("path", models.TextField()),
                ("location", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "core_receipt",
                "indexes": [models.Index(fields=["recorded_at"], name="receipt_by_age")],
                "constraints": [models.UniqueConstraint(fields=("authority", "key"), name="receipt_once")],
            },
        ),
    ]
