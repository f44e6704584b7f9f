import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0008_leave_the_authority_unlocked"),
        ("people", "0017_keep_history"),
    ]

    operations = [
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
            },
        ),
        migrations.CreateModel(
            name="CodeKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("signing", models.CharField(max_length=16)),
                ("public", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "verbose_name": "key of codes",
                "verbose_name_plural": "keys of codes",
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
                ("serial", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                ("issued_by_name", models.CharField(blank=True, max_length=200)),
                ("valid_until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
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
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.codekey",
                    ),
                ),
            ],
            options={
                "verbose_name": "card",
                "verbose_name_plural": "cards",
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
            ],
            options={
                "verbose_name": "device at gates",
                "verbose_name_plural": "devices at gates",
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
                ("phone", models.UUIDField()),
                ("device", models.BinaryField(max_length=4)),
                ("public", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
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
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.codekey",
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
            ],
            options={
                "verbose_name": "code of a phone",
                "verbose_name_plural": "codes of phones",
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
                ("number", models.PositiveIntegerField()),
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
            ],
            options={
                "verbose_name": "number of an enterprise at gates",
                "verbose_name_plural": "numbers of enterprises at gates",
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
                ("gate", models.IntegerField()),
                ("hour", models.DateTimeField()),
                ("direction", models.SmallIntegerField()),
                ("answer", models.SmallIntegerField()),
                ("subject_kind", models.SmallIntegerField()),
                ("scans", models.BigIntegerField()),
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
            ],
            options={
                "verbose_name": "count of passages",
                "verbose_name_plural": "counts of passages",
                "db_table": "passage_count",
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
                ("shift", models.CharField(max_length=40, verbose_name="shift")),
                ("starts", models.PositiveSmallIntegerField()),
                ("ends", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
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
            ],
            options={
                "verbose_name": "hours of a shift",
                "verbose_name_plural": "hours of shifts",
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
                ("driver_name", models.CharField(blank=True, max_length=60, verbose_name="driver")),
                (
                    "driver_phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="passage", verbose_name="telephone"
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
                    "driver",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
            ],
            options={
                "verbose_name": "vehicle pass",
                "verbose_name_plural": "vehicle passes",
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
                    "vehicle_pass",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="passage.vehiclepass",
                    ),
                ),
            ],
            options={
                "verbose_name": "crossing",
                "verbose_name_plural": "crossings",
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
                ("gate", models.IntegerField()),
                ("phone", models.UUIDField(null=True)),
                ("nonce_hash", models.BinaryField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("good_until", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "verbose_name": "opening of a venue's page",
                "verbose_name_plural": "openings of venues' pages",
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("recorded_at", models.DateTimeField()),
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
            ],
            options={
                "verbose_name": "zone",
                "verbose_name_plural": "zones",
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
                ("poster", models.BinaryField(max_length=32, null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
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
            ],
            options={
                "verbose_name": "gate",
                "verbose_name_plural": "gates",
            },
        ),
        migrations.AddConstraint(
            model_name="codekey",
            constraint=models.UniqueConstraint(fields=("authority", "number"), name="codekey_number_once"),
        ),
        migrations.AddConstraint(
            model_name="codekey",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 255))), name="codekey_number_in_a_byte"
            ),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["authority", "person", "-issued_at"], name="card_of_person"),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", False)),
                fields=["authority", "valid_until"],
                name="card_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(fields=("authority", "serial"), name="card_serial_once"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("issued_at"))), name="card_period_forward"
            ),
        ),
        migrations.AddIndex(
            model_name="gatedevice",
            index=models.Index(fields=["authority", "enterprise"], name="gatedevice_of_enterprise"),
        ),
        migrations.AddConstraint(
            model_name="gatedevice",
            constraint=models.UniqueConstraint(
                fields=("authority", "token_hash"), name="gatedevice_token_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedevice",
            constraint=models.UniqueConstraint(
                fields=("authority", "pairing_hash"), name="gatedevice_pairing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedevice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("authority", "label"),
                name="gatedevice_label_once",
                violation_error_message="There is a device of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedevice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["phone", "kiosk", "turnstile", "desk", "screen"])),
                name="gatedevice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedevice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_why", "")),
                    models.Q(("ended_at__isnull", False), ("ended_why__in", ["lost", "replaced", "retired"])),
                    _connector="OR",
                ),
                name="gatedevice_ended_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="phonecode",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", False)),
                fields=["authority", "valid_until"],
                name="phonecode_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="phonecode",
            constraint=models.UniqueConstraint(
                fields=("authority", "person", "device"), name="phonecode_device_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="phonecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("issued_at"))),
                name="phonecode_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="placenumber",
            constraint=models.UniqueConstraint(fields=("authority", "enterprise"), name="place_one_number"),
        ),
        migrations.AddConstraint(
            model_name="placenumber",
            constraint=models.UniqueConstraint(fields=("authority", "number"), name="place_number_once"),
        ),
        migrations.AddIndex(
            model_name="scancount",
            index=models.Index(fields=["authority", "hour"], name="passage_count_by_hour"),
        ),
        migrations.AddConstraint(
            model_name="shifthours",
            constraint=models.UniqueConstraint(
                fields=("authority", "enterprise", "shift"), name="shift_hours_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shifthours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__lt", 1440),
                    ("starts__lt", 1440),
                    models.Q(("starts", models.F("ends")), _negated=True),
                ),
                name="shift_hours_real",
            ),
        ),
        migrations.AddIndex(
            model_name="vehiclepass",
            index=models.Index(fields=["authority", "plate", "-starts_at"], name="vehiclepass_of_plate"),
        ),
        migrations.AddIndex(
            model_name="vehiclepass",
            index=models.Index(
                fields=["authority", "enterprise", "-starts_at"], name="vehiclepass_of_enterprise"
            ),
        ),
        migrations.AddIndex(
            model_name="vehiclepass",
            index=models.Index(fields=["authority", "ends_at"], name="vehiclepass_by_end"),
        ),
        migrations.AddIndex(
            model_name="vehiclepass",
            index=models.Index(fields=["authority", "driver"], name="vehiclepass_of_driver"),
        ),
        migrations.AddConstraint(
            model_name="vehiclepass",
            constraint=models.UniqueConstraint(
                fields=("authority", "serial"), name="vehiclepass_serial_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vehiclepass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plate_kind__in", ["ordinary", "new_energy", "trailer", "cross_border", "other"])
                ),
                name="vehiclepass_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vehiclepass",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="vehiclepass_period_forward",
                violation_error_message="A pass cannot end before it begins.",
            ),
        ),
        migrations.AddIndex(
            model_name="crossing",
            index=models.Index(fields=["authority", "plate", "-at"], name="crossing_of_plate"),
        ),
        migrations.AddConstraint(
            model_name="crossing",
            constraint=models.UniqueConstraint(
                fields=("authority", "gate", "at", "nonce"), name="crossing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="crossing",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__range", (1, 100))), name="crossing_has_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="crossing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plate_kind__in", ["ordinary", "new_energy", "trailer", "cross_border", "other"])
                ),
                name="crossing_plate_known",
            ),
        ),
        migrations.AddIndex(
            model_name="venuecheck",
            index=models.Index(fields=["authority", "good_until"], name="venuecheck_by_end"),
        ),
        migrations.AddConstraint(
            model_name="venuecheck",
            constraint=models.UniqueConstraint(fields=("authority", "nonce_hash"), name="venuecheck_once"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["authority", "enterprise", "-starts_at"], name="visit_of_enterprise"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["authority", "ends_at"], name="visit_by_end"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["authority", "person"], name="visit_of_person"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("authority", "serial"), name="visit_serial_once"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="visit_period_forward",
                violation_error_message="A visit cannot end before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(
                fields=("authority", "name"),
                name="zone_name_once",
                violation_error_message="There is a zone of this name.",
            ),
        ),
        migrations.AddIndex(
            model_name="gate",
            index=models.Index(fields=["authority", "enterprise"], name="gate_of_enterprise"),
        ),
        migrations.AddIndex(
            model_name="gate",
            index=models.Index(fields=["authority", "area"], name="gate_of_area"),
        ),
        migrations.AddIndex(
            model_name="gate",
            index=models.Index(fields=["authority", "zone"], name="gate_of_zone"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("authority", "number"), name="gate_number_once"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("authority", "name"),
                name="gate_name_once",
                violation_error_message="There is a gate of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("authority", "poster"), name="gate_poster_once"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["door", "workshop", "road", "venue"])),
                name="gate_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 0)), name="gate_number_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                ),
                name="gate_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="gate_position_whole",
            ),
        ),
    ]
