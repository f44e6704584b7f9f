import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("passage", "0002_keep_scans"),
        ("passage", "0003_name_gates_by_enterprise"),
        ("passage", "0004_find_codes_of_a_phone"),
        ("passage", "0005_number_posters"),
        ("passage", "0006_keep_signs"),
        ("passage", "0007_count_by_statement"),
        ("passage", "0008_write_less"),
        ("passage", "0009_name_passengers"),
    ]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeKey",
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
                ("number", models.PositiveSmallIntegerField()),
                ("signing", models.CharField(max_length=16)),
                ("public", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "key of codes",
                "verbose_name_plural": "keys of codes",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="codekey_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 255))), name="codekey_number_in_a_byte"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PhoneCode",
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
                ("phone", models.UUIDField()),
                ("device", models.BinaryField(max_length=4)),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.codekey",
                    ),
                ),
                ("public", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "code of a phone",
                "verbose_name_plural": "codes of phones",
                "indexes": [
                    models.Index(fields=["authority", "phone", "-issued_at"], name="phonecode_of_phone"),
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", False)),
                        fields=["authority", "valid_until"],
                        name="phonecode_revoked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "person", "device"), name="phonecode_device_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("issued_at"))),
                        name="phonecode_period_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
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
                ("serial", models.PositiveIntegerField()),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.codekey",
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                ("issued_by_name", models.CharField(blank=True, max_length=200)),
                ("valid_until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "card",
                "verbose_name_plural": "cards",
                "indexes": [
                    models.Index(fields=["authority", "person", "-issued_at"], name="card_of_person"),
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", False)),
                        fields=["authority", "valid_until"],
                        name="card_revoked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "serial"), name="card_serial_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("issued_at"))),
                        name="card_period_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GateDevice",
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
                ("label", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Guard's phone"),
                            ("kiosk", "Kiosk"),
                            ("turnstile", "Turnstile"),
                            ("desk", "Desk at a checkpoint"),
                            ("screen", "Screen with a venue's code"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "gates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None
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
                ("pairing_hash", models.BinaryField(max_length=32, null=True)),
                ("pairing_until", models.DateTimeField(null=True)),
                ("token_hash", models.BinaryField(max_length=32, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
                ("paired_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[("lost", "Lost"), ("replaced", "Replaced"), ("retired", "Out of use")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "device at gates",
                "verbose_name_plural": "devices at gates",
                "indexes": [
                    models.Index(fields=["authority", "enterprise"], name="gatedevice_of_enterprise")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "token_hash"), name="gatedevice_token_once"),
                    models.UniqueConstraint(
                        fields=("authority", "pairing_hash"), name="gatedevice_pairing_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("authority", "enterprise", "label"),
                        name="gatedevice_label_once",
                        nulls_distinct=False,
                        violation_error_message="There is a device of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "kiosk", "turnstile", "desk", "screen"])),
                        name="gatedevice_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_why__in", ["lost", "replaced", "retired"]),
                            ),
                            _connector="OR",
                        ),
                        name="gatedevice_ended_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
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
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "zone",
                "verbose_name_plural": "zones",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "enterprise", "name"),
                        name="zone_name_once",
                        nulls_distinct=False,
                        violation_error_message="There is a zone of this name.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Gate",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("door", "Door of an enterprise or a park"),
                            ("workshop", "Workshop"),
                            ("road", "Checkpoint on a road"),
                            ("venue", "Venue with a poster"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("kind_of_rules", models.CharField(blank=True, max_length=64, verbose_name="rules")),
                (
                    "directions",
                    models.CharField(
                        choices=[("both", "In and out"), ("in", "In only"), ("out", "Out only")],
                        default="both",
                        max_length=4,
                        verbose_name="directions",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
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
                    "zone",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.zone",
                    ),
                ),
                ("poster", models.BinaryField(max_length=32, null=True)),
                ("poster_number", models.PositiveIntegerField(default=0, editable=False)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "gate",
                "verbose_name_plural": "gates",
                "indexes": [
                    models.Index(fields=["authority", "enterprise"], name="gate_of_enterprise"),
                    models.Index(fields=["authority", "area"], name="gate_of_area"),
                    models.Index(fields=["authority", "zone"], name="gate_of_zone"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="gate_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("authority", "enterprise", "name"),
                        name="gate_name_once",
                        nulls_distinct=False,
                        violation_error_message="There is a gate of this name.",
                    ),
                    models.UniqueConstraint(fields=("authority", "poster"), name="gate_poster_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["door", "workshop", "road", "venue"])),
                        name="gate_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="gate_number_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="gate_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="gate_position_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceNumber",
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
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "number of an enterprise at gates",
                "verbose_name_plural": "numbers of enterprises at gates",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "enterprise"), name="place_one_number"),
                    models.UniqueConstraint(fields=("authority", "number"), name="place_number_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ShiftHours",
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
                ("shift", models.CharField(max_length=40, verbose_name="shift")),
                ("starts", models.PositiveSmallIntegerField()),
                ("ends", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "hours of a shift",
                "verbose_name_plural": "hours of shifts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "enterprise", "shift"), name="shift_hours_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__lt", 1440),
                            ("starts__lt", 1440),
                            models.Q(("starts", models.F("ends")), _negated=True),
                        ),
                        name="shift_hours_real",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                ("serial", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "document",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="passage", verbose_name="number of the document"
                    ),
                ),
                (
                    "document_hash",
                    fugong.core.sealed.fields.SearchHashField(normalise="code", source="document"),
                ),
                (
                    "phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="passage", verbose_name="telephone"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("host", models.CharField(max_length=60, verbose_name="whom they visit")),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "indexes": [
                    models.Index(
                        fields=["authority", "enterprise", "-starts_at"], name="visit_of_enterprise"
                    ),
                    models.Index(fields=["authority", "ends_at"], name="visit_by_end"),
                    models.Index(fields=["authority", "person"], name="visit_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "serial"), name="visit_serial_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="visit_period_forward",
                        violation_error_message="A visit cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VehiclePass",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("serial", models.PositiveIntegerField()),
                ("plate", models.CharField(db_collation="C", max_length=12, verbose_name="plate")),
                (
                    "plate_kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("new_energy", "New energy"),
                            ("trailer", "Trailer"),
                            ("cross_border", "Hong Kong or Macao"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "driver",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("driver_name", models.CharField(blank=True, max_length=60, verbose_name="driver")),
                (
                    "driver_phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="passage", verbose_name="telephone"
                    ),
                ),
                (
                    "passengers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="passengers",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "vehicle pass",
                "verbose_name_plural": "vehicle passes",
                "indexes": [
                    models.Index(fields=["authority", "plate", "-starts_at"], name="vehiclepass_of_plate"),
                    models.Index(
                        fields=["authority", "enterprise", "-starts_at"], name="vehiclepass_of_enterprise"
                    ),
                    models.Index(fields=["authority", "ends_at"], name="vehiclepass_by_end"),
                    models.Index(fields=["authority", "driver"], name="vehiclepass_of_driver"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "serial"), name="vehiclepass_serial_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("plate_kind__in", ["ordinary", "new_energy", "trailer", "cross_border", "other"])
                        ),
                        name="vehiclepass_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="vehiclepass_period_forward",
                        violation_error_message="A pass cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id",
                        "gate",
                        "at",
                        "nonce",
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
                ("gate", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("nonce", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
                ("device", models.UUIDField()),
                ("subject", models.UUIDField(null=True)),
                ("subject_kind", models.SmallIntegerField()),
                ("way", models.SmallIntegerField()),
                ("direction", models.SmallIntegerField()),
                ("answer", models.SmallIntegerField()),
                ("reason", models.SmallIntegerField()),
                ("flags", models.SmallIntegerField()),
                ("temperature", models.SmallIntegerField(null=True)),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "db_table": "passage_scan",
                "managed": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ScanCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id",
                        "gate",
                        "hour",
                        "direction",
                        "answer",
                        "subject_kind",
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
                ("gate", models.IntegerField()),
                ("hour", models.DateTimeField()),
                ("direction", models.SmallIntegerField()),
                ("answer", models.SmallIntegerField()),
                ("subject_kind", models.SmallIntegerField()),
                ("scans", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "count of passages",
                "verbose_name_plural": "counts of passages",
                "db_table": "passage_count",
                "indexes": [models.Index(fields=["authority", "hour"], name="passage_count_by_hour")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                    "gates",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "hours",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None),
                ),
                (
                    "directions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None
                    ),
                ),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None
                    ),
                ),
                (
                    "scans",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
            ],
            options={
                "verbose_name": "count of one statement",
                "verbose_name_plural": "counts of statements",
                "db_table": "passage_tally",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Crossing",
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
                ("gate", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("nonce", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
                ("device", models.UUIDField(null=True)),
                ("direction", models.SmallIntegerField()),
                ("plate", models.CharField(db_collation="C", max_length=12, verbose_name="plate")),
                (
                    "plate_kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("new_energy", "New energy"),
                            ("trailer", "Trailer"),
                            ("cross_border", "Hong Kong or Macao"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "vehicle_pass",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.vehiclepass",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField()),
                (
                    "origin",
                    models.CharField(blank=True, db_collation="C", max_length=6, verbose_name="from where"),
                ),
                ("answer", models.SmallIntegerField()),
                ("reason", models.SmallIntegerField()),
                ("travellers", fugong.core.sealed.fields.SealedField(blank=True, data_class="passage")),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "crossing",
                "verbose_name_plural": "crossings",
                "indexes": [models.Index(fields=["authority", "plate", "-at"], name="crossing_of_plate")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "gate", "at", "nonce"), name="crossing_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__range", (1, 100))), name="crossing_has_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("plate_kind__in", ["ordinary", "new_energy", "trailer", "cross_border", "other"])
                        ),
                        name="crossing_plate_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageSign",
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
                    "sign",
                    models.CharField(
                        choices=[
                            ("impossible", "One code at two gates, faster than anybody travels"),
                            ("two_gates", "One code at two gates within a minute"),
                            ("crowd", "A venue scanned by very many within a minute"),
                            ("clock", "A device whose clock is wrong"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("gate", models.IntegerField()),
                ("other_gate", models.IntegerField(null=True)),
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
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("subject", models.UUIDField(null=True)),
                ("device", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("found_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                ("looked_by", models.UUIDField(null=True)),
                ("looked_by_name", models.CharField(blank=True, max_length=200)),
                ("looked_note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "sign in passages",
                "verbose_name_plural": "signs in passages",
                "indexes": [models.Index(fields=["authority", "-found_at"], name="passage_sign_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "sign", "key"), name="passage_sign_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sign__in", ["impossible", "two_gates", "crowd", "clock"])),
                        name="passage_sign_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by_name", "")),
                            ("looked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="passage_sign_looked_at_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VenueCheck",
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
                ("gate", models.IntegerField()),
                ("phone", models.UUIDField(null=True)),
                ("nonce_hash", models.BinaryField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("good_until", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "opening of a venue's page",
                "verbose_name_plural": "openings of venues' pages",
                "indexes": [models.Index(fields=["authority", "good_until"], name="venuecheck_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "nonce_hash"), name="venuecheck_once")
                ],
            },
        ),
    ]
