import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("people", "0002_keep_tenants_apart"),
        ("people", "0003_know_phones"),
        ("people", "0004_guard_phones"),
        ("people", "0005_let_people_object"),
        ("people", "0006_keep_challenges"),
        ("people", "0007_type_in_sheets"),
        ("people", "0008_guard_sheets"),
        ("people", "0009_make_crews"),
        ("people", "0010_take_lists_in"),
        ("people", "0011_keep_lists_apart"),
        ("people", "0012_merge_files"),
        ("people", "0013_guard_merges"),
        ("people", "0014_keep_stays"),
        ("people", "0015_count_people_back"),
        ("people", "0016_leave_the_authority_unlocked"),
        ("people", "0017_keep_history"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
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
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("travel", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
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
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "indexes": [
                    models.Index(fields=["authority", "name_pinyin", "id"], name="person_by_name"),
                    models.Index(
                        fields=["authority", "enterprise", "name_pinyin", "id"], name="person_of_enterprise"
                    ),
                    models.Index(fields=["authority", "phone_hash"], name="person_by_phone"),
                    models.Index(fields=["authority", "home_region"], name="person_by_region"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["authority", "merged_into"],
                        name="person_merged",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "document_hash"),
                        name="person_document_once",
                        violation_error_message="Somebody with this document has a file already.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", None), ("enterprise", None), _connector="OR"),
                        name="person_merged_works_nowhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["form", "list", "own_phone", "paper", "call", "synthetic"])
                        ),
                        name="person_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="person_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("home_region", ""), ("home_region__regex", "^[0-9]{6}$"), _connector="OR"
                        ),
                        name="person_region_form",
                    ),
                ],
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
                ("gram", models.CharField(db_collation="C", max_length=3)),
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
            options={
                "verbose_name": "index of names",
                "verbose_name_plural": "index of names",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
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
                        related_name="challenges",
                        to="people.person",
                    ),
                ),
                (
                    "entry",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("document", "Number of the document"),
                            ("phone", "Telephone"),
                            ("home_region", "Home region"),
                            ("lodging", "Present lodging"),
                            ("employment", "Employment"),
                            ("look", "Somebody read my numbers"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="entry",
                    ),
                ),
                (
                    "said",
                    fugong.core.sealed.fields.SealedField(data_class="person", verbose_name="what is wrong"),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "The entry was corrected"),
                            ("stays", "The entry stays; the note stands beside it"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    fugong.core.sealed.fields.SealedField(
                        data_class="person", null=True, verbose_name="answer"
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "challenge",
                "verbose_name_plural": "challenges",
                "indexes": [
                    models.Index(fields=["authority", "person", "-given_at"], name="challenge_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "entry__in",
                                [
                                    "name",
                                    "document",
                                    "phone",
                                    "home_region",
                                    "lodging",
                                    "employment",
                                    "look",
                                    "other",
                                ],
                            )
                        ),
                        name="challenge_entry_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("outcome", "")),
                            models.Q(
                                ("answered_at__gte", models.F("given_at")),
                                ("answered_at__isnull", False),
                                ("outcome__in", ["corrected", "stays"]),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_answered_in_full",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Crew",
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
                ("name", models.CharField(max_length=60, verbose_name="crew")),
                (
                    "leader_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "leader_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("appointed_at", models.DateTimeField(null=True)),
                ("appointed_by", models.UUIDField(null=True)),
                ("appointed_by_name", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "crew",
                "verbose_name_plural": "crews",
                "indexes": [
                    models.Index(
                        condition=models.Q(("leader_user", None), _negated=True),
                        fields=["authority", "leader_user"],
                        name="crew_of_leader",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "enterprise", "name"),
                        name="crew_once",
                        violation_error_message="The enterprise has a crew of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="crew_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leader_user", None), ("leader_person", None), _connector="OR"),
                        name="crew_one_leader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointed_at", None), ("leader_person", None), ("leader_user", None)),
                            models.Q(
                                ("appointed_at__isnull", False),
                                models.Q(("leader_person", None), ("leader_user", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="crew_leader_is_appointed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
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
                ("token_hash", models.BinaryField(max_length=32)),
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
                (
                    "bond",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened", "The file was opened by this registration"),
                            ("known", "The file was there; the enterprise said it is the same person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_by_name", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "Another phone took its place"),
                            ("lost", "It was reported lost or passed on"),
                            ("by_person", "Taken off by the person"),
                            ("refused", "The registration was not confirmed"),
                            ("expired", "Nobody confirmed the registration in time"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "phone",
                "verbose_name_plural": "phones",
                "indexes": [
                    models.Index(fields=["authority", "person", "-opened_at"], name="device_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "token_hash"), name="device_token_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("authority", "person"),
                        name="device_one_of_a_person",
                        violation_error_message="This person has another phone; end that first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bond", ""), ("confirmed_at", None), ("person", None)),
                            models.Q(
                                ("bond__in", ["opened", "known"]),
                                ("confirmed_at__isnull", False),
                                ("person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="device_confirmed_in_full",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_why__in", ["replaced", "lost", "by_person", "refused", "expired"]),
                            ),
                            _connector="OR",
                        ),
                        name="device_ended_for_a_reason",
                    ),
                ],
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
                        related_name="employments",
                        to="people.person",
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
            ],
            options={
                "verbose_name": "employment",
                "verbose_name_plural": "employments",
                "ordering": ["-starts_on", "-recorded_at"],
                "indexes": [
                    models.Index(fields=["authority", "person", "-starts_on"], name="employment_of_person"),
                    models.Index(
                        condition=models.Q(("ends_on", None)),
                        fields=["authority", "enterprise", "crew"],
                        name="employment_crew",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("authority", "person"),
                        name="employment_one_at_a_time",
                        violation_error_message="This person is employed elsewhere; end that first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="employment_period_forward",
                        violation_error_message="An employment cannot end before it began.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("vaccination", "Vaccination"),
                            ("contact", "Contact"),
                            ("commitment", "Commitment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "detail",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="person", verbose_name="what"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.historyentry",
                    ),
                ),
                ("is_taken_back", models.BooleanField(default=False)),
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
            ],
            options={
                "verbose_name": "entry of the history",
                "verbose_name_plural": "entries of the history",
                "ordering": ["-on", "-recorded_at"],
                "indexes": [models.Index(fields=["authority", "person", "-on"], name="history_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["vaccination", "contact", "commitment"])),
                        name="history_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_taken_back", False), ("replaces__isnull", False), _connector="OR"
                        ),
                        name="history_taken_back_was_said",
                    ),
                ],
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
                ("content", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
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
                        default="list",
                        max_length=10,
                    ),
                ),
                ("moved", models.PositiveIntegerField(default=0)),
                ("question", models.PositiveIntegerField(default=0)),
                ("chosen", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "list of staff",
                "verbose_name_plural": "lists of staff",
                "ordering": ["-read_at"],
                "indexes": [
                    models.Index(fields=["authority", "state", "expires_at"], name="people_import_by_state")
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
                        name="people_import_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", False),
                            models.Q(("state", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="people_import_confirmed_at_a_time",
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
                ("number", models.PositiveIntegerField()),
                ("changes", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
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
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="people.importbatch",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("moved", "Comes here"),
                            ("question", "To be decided"),
                            ("unchanged", "Unchanged"),
                            ("refused", "With errors"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_chosen", models.BooleanField(default=False)),
                ("begins", models.BooleanField(default=False)),
                ("hints", models.JSONField(default=list)),
                ("person_id", models.UUIDField(null=True)),
                ("employment_id", models.UUIDField(null=True)),
                ("enterprise_id", models.UUIDField(null=True)),
                ("left_enterprise_id", models.UUIDField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("name", models.CharField(blank=True, max_length=400)),
                ("name_key", models.CharField(blank=True, max_length=60)),
                ("name_pinyin", models.CharField(blank=True, max_length=400)),
                ("name_initials", models.CharField(blank=True, max_length=60)),
                ("document_kind", models.CharField(blank=True, max_length=20)),
                ("document", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
                ("document_hash", models.BinaryField(max_length=32, null=True)),
                ("phone", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
                ("phone_hash", models.BinaryField(max_length=32, null=True)),
                ("phone_before", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
                ("home_region", models.CharField(blank=True, max_length=6)),
                ("lodging", models.CharField(blank=True, max_length=200)),
                ("post", models.CharField(blank=True, max_length=60)),
                ("shift", models.CharField(blank=True, max_length=40)),
                ("crew", models.CharField(blank=True, max_length=60)),
                ("room", models.CharField(blank=True, max_length=60)),
                ("starts_on", models.DateField(null=True)),
                ("cells", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome__in", ["new", "unchanged"]), _negated=True),
                        fields=["batch", "outcome", "number"],
                        name="people_import_row_by_outcome",
                    ),
                    models.Index(fields=["authority", "person_id"], name="people_import_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="people_import_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["new", "changed", "moved", "question", "unchanged", "refused"])
                        ),
                        name="people_import_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileMerge",
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
                    "kept",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_by_name", models.CharField(blank=True, max_length=200)),
                ("undone_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "merge of files",
                "verbose_name_plural": "merges of files",
                "indexes": [
                    models.Index(fields=["authority", "kept", "-at"], name="merge_of_kept"),
                    models.Index(fields=["authority", "other", "-at"], name="merge_of_other"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("authority", "other"),
                        name="merge_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("other")), _negated=True), name="merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="merge_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TwoPeople",
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
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "files found to be of two people",
                "verbose_name_plural": "files found to be of two people",
                "indexes": [models.Index(fields=["authority", "second"], name="two_people_second")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "first", "second"), name="two_people_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="two_people_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSheet",
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
                ("number", models.CharField(max_length=40, verbose_name="number of the sheet")),
                ("starts_on", models.DateField(verbose_name="employed from")),
                ("typed_at", models.DateTimeField()),
                ("typed_by", models.UUIDField(null=True)),
                ("typed_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "paper sheet",
                "verbose_name_plural": "paper sheets",
                "indexes": [
                    models.Index(
                        fields=["authority", "enterprise", "-typed_at"], name="paper_sheet_of_enterprise"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "enterprise", "number"),
                        name="paper_sheet_number_once",
                        violation_error_message="A sheet with this number was begun already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="paper_sheet_has_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperRow",
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
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="people.papersheet",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("typed", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
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
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "row of a paper sheet",
                "verbose_name_plural": "rows of a paper sheet",
                "indexes": [models.Index(fields=["authority", "person"], name="paper_row_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "sheet", "place"), name="paper_row_place_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationCode",
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
                ("key", models.CharField(db_collation="C", max_length=48)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField(null=True)),
                ("opened_by_name", models.CharField(blank=True, max_length=200)),
                ("ends_on", models.DateField(verbose_name="open until")),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "registration code",
                "verbose_name_plural": "registration codes",
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "key"), name="registration_code_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("authority", "enterprise"),
                        name="registration_code_one_open",
                        violation_error_message="Another code was made at this very moment. Load the page again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="registration_code_period_forward",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SelfRegistration",
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
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.registrationcode",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.device",
                    ),
                ),
                ("document", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
                (
                    "document_hash",
                    fugong.core.sealed.fields.SearchHashField(normalise="code", source="document"),
                ),
                ("said", fugong.core.sealed.fields.SealedField(blank=True, data_class="person")),
                ("consent_version", models.CharField(max_length=20)),
                ("consented_at", models.DateTimeField()),
                ("given_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("is_elsewhere", models.BooleanField(default=False)),
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
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_ours", "Does not work here"),
                            ("wrong", "What was given is wrong"),
                            ("twice", "Registered twice"),
                            ("other_person", "Given in another person's name"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "verbose_name": "self-registration",
                "verbose_name_plural": "self-registrations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["authority", "enterprise", "given_at", "id"],
                        name="self_registration_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["authority", "expires_at"],
                        name="self_registration_due",
                    ),
                    models.Index(
                        fields=["authority", "device", "-given_at"], name="self_registration_of_device"
                    ),
                    models.Index(fields=["authority", "person"], name="self_registration_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("authority", "device"),
                        name="self_registration_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "confirmed", "refused", "expired"])),
                        name="self_registration_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), ("decided_at", None)),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="self_registration_decided_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("state", "confirmed")),
                            models.Q(models.Q(("state", "confirmed"), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="self_registration_person_when_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "expired"]), _negated=True),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        models.F("document"),
                                        function="octet_length",
                                        output_field=models.IntegerField(),
                                    ),
                                    0,
                                ),
                                django.db.models.lookups.Exact(
                                    models.Func(
                                        models.F("said"),
                                        function="octet_length",
                                        output_field=models.IntegerField(),
                                    ),
                                    0,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="self_registration_forgotten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("refusal__in", ["not_ours", "wrong", "twice", "other_person"]),
                                ("state", "refused"),
                            ),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="self_registration_refused_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
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
                ("region", models.CharField(db_collation="C", max_length=6, verbose_name="region")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
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
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.stay",
                    ),
                ),
                ("is_taken_back", models.BooleanField(default=False)),
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
            ],
            options={
                "verbose_name": "stay",
                "verbose_name_plural": "stays",
                "ordering": ["-from_on", "-recorded_at"],
                "indexes": [models.Index(fields=["authority", "person", "-from_on"], name="stay_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="stay_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("region__regex", "^[0-9]{6}$")), name="stay_region_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_taken_back", False), ("replaces__isnull", False), _connector="OR"
                        ),
                        name="stay_taken_back_was_said",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkEvent",
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
                ("employment_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("enterprise_id", models.UUIDField()),
                ("area_id", models.UUIDField()),
                ("home_region", models.CharField(blank=True, max_length=6)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "event of an employment",
                "verbose_name_plural": "events of employments",
                "indexes": [
                    models.Index(
                        fields=["authority", "employment_id", "-recorded_at", "-id"], name="work_event_latest"
                    )
                ],
                "constraints": [],
            },
        ),
    ]
