import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0005_find_standing_of_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_key", models.CharField(db_collation="C", max_length=60)),
                ("name_pinyin", models.CharField(db_collation="C", max_length=400)),
                ("name_initials", models.CharField(db_collation="C", max_length=60)),
                (
                    "document_kind",
                    models.CharField(
                        choices=[
                            ("resident_id", "Resident ID card"),
                            ("passport", "Passport"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreign_resident", "Foreign permanent resident ID card"),
                            ("other", "Other document"),
                        ],
                        max_length=20,
                        verbose_name="document",
                    ),
                ),
                (
                    "document",
                    fugong.core.sealed.fields.SealedField(
                        data_class="person", verbose_name="number of the document"
                    ),
                ),
                (
                    "document_hash",
                    fugong.core.sealed.fields.SearchHashField(normalise="code", source="document"),
                ),
                (
                    "phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="person", verbose_name="telephone"
                    ),
                ),
                ("phone_hash", fugong.core.sealed.fields.SearchHashField(normalise="phone", source="phone")),
                (
                    "home_region",
                    models.CharField(blank=True, db_collation="C", max_length=6, verbose_name="home region"),
                ),
                ("lodging", models.CharField(blank=True, max_length=200, verbose_name="present lodging")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("form", "Typed in by an office"),
                            ("list", "From a list"),
                            ("own_phone", "By the person, on a phone"),
                            ("paper", "From a paper sheet"),
                            ("call", "By telephone"),
                            ("synthetic", "Made up for a demonstration"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "authority",
                    models.ForeignKey(
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                ("shift", models.CharField(blank=True, max_length=40, verbose_name="shift")),
                ("crew", models.CharField(blank=True, max_length=60, verbose_name="crew")),
                ("room", models.CharField(blank=True, max_length=60, verbose_name="dormitory room")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("form", "Typed in by an office"),
                            ("list", "From a list"),
                            ("own_phone", "By the person, on a phone"),
                            ("paper", "From a paper sheet"),
                            ("call", "By telephone"),
                            ("synthetic", "Made up for a demonstration"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "employment",
                "verbose_name_plural": "employments",
                "ordering": ["-starts_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="PersonGram",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id",
                        "gram",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("gram", models.CharField(db_collation="C", max_length=3)),
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
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["authority", "name_pinyin", "id"], name="person_by_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["authority", "enterprise", "name_pinyin", "id"], name="person_of_enterprise"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["authority", "phone_hash"], name="person_by_phone"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["authority", "home_region"], name="person_by_region"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("authority", "document_hash"),
                name="person_document_once",
                violation_error_message="Somebody with this document has a file already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "document_kind__in",
                        [
                            "resident_id",
                            "passport",
                            "hk_macao_permit",
                            "taiwan_permit",
                            "foreign_resident",
                            "other",
                        ],
                    )
                ),
                name="person_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["form", "list", "own_phone", "paper", "call", "synthetic"])),
                name="person_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="person_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("home_region", ""), ("home_region__regex", "^[0-9]{6}$"), _connector="OR"
                ),
                name="person_region_form",
            ),
        ),
        migrations.AddIndex(
            model_name="employment",
            index=models.Index(fields=["authority", "person", "-starts_on"], name="employment_of_person"),
        ),
        migrations.AddIndex(
            model_name="employment",
            index=models.Index(
                condition=models.Q(("ends_on", None)),
                fields=["authority", "enterprise", "crew"],
                name="employment_crew",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("authority", "person"),
                name="employment_one_at_a_time",
                violation_error_message="This person is employed elsewhere; end that first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="employment_period_forward",
                violation_error_message="An employment cannot end before it began.",
            ),
        ),
    ]
