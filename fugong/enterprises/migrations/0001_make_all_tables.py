import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("enterprises", "0002_keep_tenants_apart"),
        ("enterprises", "0003_take_lists_in"),
        ("enterprises", "0004_keep_imports_apart"),
        ("enterprises", "0005_find_standing_of_days"),
        ("enterprises", "0006_find_telephones"),
        ("enterprises", "0007_keep_refused_rows_a_while"),
        ("enterprises", "0008_leave_the_authority_unlocked"),
    ]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_key", models.CharField(db_collation="C", max_length=200)),
                ("name_pinyin", models.CharField(db_collation="C", max_length=1000)),
                ("name_initials", models.CharField(db_collation="C", max_length=200)),
                (
                    "credit_code",
                    models.CharField(
                        db_collation="C", max_length=18, verbose_name="unified social credit code"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("construction_site", "Construction site"),
                            ("project", "Construction project"),
                            ("trader", "Market trader"),
                            ("shop", "Shop"),
                            ("school", "School"),
                            ("hotel", "Hotel"),
                        ],
                        default="enterprise",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "size_class",
                    models.CharField(
                        choices=[("above", "Above designated size"), ("below", "Below designated size")],
                        max_length=10,
                        verbose_name="size class",
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        choices=[
                            ("A", "A Agriculture, forestry, animal husbandry and fishery"),
                            ("B", "B Mining"),
                            ("C", "C Manufacturing"),
                            ("D", "D Production and supply of electricity, heat, gas and water"),
                            ("E", "E Construction"),
                            ("F", "F Wholesale and retail trade"),
                            ("G", "G Transport, storage and post"),
                            ("H", "H Accommodation and catering"),
                            ("I", "I Information transmission, software and information technology services"),
                            ("J", "J Finance"),
                            ("K", "K Real estate"),
                            ("L", "L Leasing and business services"),
                            ("M", "M Scientific research and technical services"),
                            ("N", "N Water conservancy, environment and public facilities management"),
                            ("O", "O Resident services, repair and other services"),
                            ("P", "P Education"),
                            ("Q", "Q Health and social work"),
                            ("R", "R Culture, sports and entertainment"),
                            ("S", "S Public administration, social security and social organisations"),
                            ("T", "T International organisations"),
                        ],
                        max_length=1,
                        verbose_name="industry",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="park",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact")),
                (
                    "contact_phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="contact", verbose_name="contact's telephone"
                    ),
                ),
                (
                    "contact_phone_hash",
                    fugong.core.sealed.fields.SearchHashField(normalise="phone", source="contact_phone"),
                ),
                ("normal_staff", models.PositiveIntegerField(verbose_name="normal number of staff")),
                (
                    "normal_capacity",
                    models.CharField(blank=True, max_length=200, verbose_name="normal capacity"),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("epidemic_essential", "Epidemic control essentials"),
                                ("city_running", "Keeps the city running"),
                                ("daily_life", "Daily necessities"),
                                ("other_livelihood", "Other livelihood"),
                                ("key_project", "Key project"),
                                ("export_order", "Export orders"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="in the park since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left the park on")),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("report", "From the report"),
                            ("reading", "A reading of the report"),
                            ("synthetic", "Made up for the demonstration"),
                            ("entered", "Entered"),
                        ],
                        default="entered",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "enterprise",
                "verbose_name_plural": "enterprises",
                "indexes": [
                    models.Index(fields=["authority", "name_pinyin"], name="enterprise_by_name"),
                    models.Index(fields=["authority", "name_key"], name="enterprise_same_name"),
                    models.Index(fields=["authority", "area", "name_pinyin"], name="enterprise_of_area"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "credit_code"),
                        name="enterprise_code_once",
                        violation_error_message="An enterprise with this credit code is on the register already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit_code__regex", "^[0-9A-HJ-NP-RTUW-Y]{18}$")),
                        name="enterprise_code_form",
                        violation_error_message="This is no unified social credit code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="enterprise_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "enterprise",
                                    "construction_site",
                                    "project",
                                    "trader",
                                    "shop",
                                    "school",
                                    "hotel",
                                ],
                            )
                        ),
                        name="enterprise_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size_class__in", ["above", "below"])),
                        name="enterprise_size_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "industry__in",
                                [
                                    "A",
                                    "B",
                                    "C",
                                    "D",
                                    "E",
                                    "F",
                                    "G",
                                    "H",
                                    "I",
                                    "J",
                                    "K",
                                    "L",
                                    "M",
                                    "N",
                                    "O",
                                    "P",
                                    "Q",
                                    "R",
                                    "S",
                                    "T",
                                ],
                            )
                        ),
                        name="enterprise_industry_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tags__contained_by",
                                [
                                    "epidemic_essential",
                                    "city_running",
                                    "daily_life",
                                    "other_livelihood",
                                    "key_project",
                                    "export_order",
                                ],
                            )
                        ),
                        name="enterprise_tags_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None), ("left_on__gte", models.F("entered_on")), _connector="OR"
                        ),
                        name="enterprise_period_forward",
                        violation_error_message="An enterprise cannot leave before it entered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Premises",
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
                        related_name="premises",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="park",
                    ),
                ),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("since_on", models.DateField(verbose_name="used since")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="used until")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
            options={
                "verbose_name": "premises",
                "verbose_name_plural": "premises",
                "ordering": ["since_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("since_on")), _connector="OR"
                        ),
                        name="premises_period_forward",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RegisterEvent",
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
                ("at", models.DateTimeField()),
                ("is_present", models.BooleanField()),
                ("name", models.CharField(max_length=200)),
                ("credit_code", models.CharField(max_length=18)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("construction_site", "Construction site"),
                            ("project", "Construction project"),
                            ("trader", "Market trader"),
                            ("shop", "Shop"),
                            ("school", "School"),
                            ("hotel", "Hotel"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "size_class",
                    models.CharField(
                        choices=[("above", "Above designated size"), ("below", "Below designated size")],
                        max_length=10,
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        choices=[
                            ("A", "A Agriculture, forestry, animal husbandry and fishery"),
                            ("B", "B Mining"),
                            ("C", "C Manufacturing"),
                            ("D", "D Production and supply of electricity, heat, gas and water"),
                            ("E", "E Construction"),
                            ("F", "F Wholesale and retail trade"),
                            ("G", "G Transport, storage and post"),
                            ("H", "H Accommodation and catering"),
                            ("I", "I Information transmission, software and information technology services"),
                            ("J", "J Finance"),
                            ("K", "K Real estate"),
                            ("L", "L Leasing and business services"),
                            ("M", "M Scientific research and technical services"),
                            ("N", "N Water conservancy, environment and public facilities management"),
                            ("O", "O Resident services, repair and other services"),
                            ("P", "P Education"),
                            ("Q", "Q Health and social work"),
                            ("R", "R Culture, sports and entertainment"),
                            ("S", "S Public administration, social security and social organisations"),
                            ("T", "T International organisations"),
                        ],
                        max_length=1,
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
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["authority", "enterprise", "-at", "-recorded_at", "-id"],
                        name="register_event_latest",
                    )
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="NameGram",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id",
                        "gram",
                        "enterprise_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                ("gram", models.CharField(db_collation="C", max_length=2)),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
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
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read"),
                            ("read", "Waiting for confirmation"),
                            ("confirming", "Being taken over"),
                            ("confirmed", "Confirmed"),
                            ("discarded", "Discarded"),
                            ("expired", "Expired"),
                            ("failed", "Not readable"),
                        ],
                        default="reading",
                        max_length=10,
                    ),
                ),
                ("headings", models.JSONField(default=list)),
                ("notices", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=500)),
                ("read_at", models.DateTimeField()),
                ("read_by", models.UUIDField(null=True)),
                ("read_by_name", models.CharField(blank=True, max_length=200)),
                ("expires_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.UUIDField(null=True)),
                ("swept", models.BooleanField(default=False)),
                ("content", fugong.core.sealed.fields.SealedField(blank=True, data_class="contact")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-read_at"],
                "indexes": [
                    models.Index(fields=["authority", "state", "expires_at"], name="import_by_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "reading",
                                    "read",
                                    "confirming",
                                    "confirmed",
                                    "discarded",
                                    "expired",
                                    "failed",
                                ],
                            )
                        ),
                        name="import_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", False),
                            models.Q(("state", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="import_confirmed_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
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
                ("changes", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="enterprises.importbatch",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("refused", "With errors"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=400)),
                ("credit_code", models.CharField(blank=True, max_length=100)),
                ("enterprise_id", models.UUIDField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("data", models.JSONField(null=True)),
                ("phone", fugong.core.sealed.fields.SealedField(blank=True, data_class="contact")),
                ("phone_hash", models.BinaryField(max_length=32, null=True)),
                ("cells", fugong.core.sealed.fields.SealedField(blank=True, data_class="contact")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="import_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["new", "changed", "unchanged", "refused"])),
                        name="import_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingEvent",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("not_resumed", "Not resumed"),
                            ("resumed", "Resumed"),
                            ("suspended", "Suspended"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("decision_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["authority", "enterprise", "-at", "-recorded_at", "-id"],
                        name="standing_event_latest",
                    ),
                    models.Index(
                        fields=["authority", "at"],
                        include=("enterprise", "state"),
                        name="standing_event_of_days",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not_resumed", "resumed", "suspended"])),
                        name="standing_event_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_resumed", "Not resumed"),
                            ("resumed", "Resumed"),
                            ("suspended", "Suspended"),
                        ],
                        default="not_resumed",
                        max_length=15,
                        verbose_name="standing",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("decision_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "state"], name="standing_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not_resumed", "resumed", "suspended"])),
                        name="standing_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingCount",
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
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                (
                    "size_class",
                    models.CharField(
                        choices=[("above", "Above designated size"), ("below", "Below designated size")],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("construction_site", "Construction site"),
                            ("project", "Construction project"),
                            ("trader", "Market trader"),
                            ("shop", "Shop"),
                            ("school", "School"),
                            ("hotel", "Hotel"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_resumed", "Not resumed"),
                            ("resumed", "Resumed"),
                            ("suspended", "Suspended"),
                        ],
                        max_length=15,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "area", "size_class", "kind", "state"),
                        name="standing_count_once",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
