from django.db import migrations, models

# A gate is told of a key that was retired before, too.
AGAIN = """
drop trigger passage_tell_changed on passage_codekey;
create trigger passage_tell_changed after update on passage_codekey
    referencing old table as was new table as changed
    for each statement execute function passage_tell('key', 'id', '{columns}');
"""


class Migration(migrations.Migration):
    dependencies = [("passage", "0002_guard_all_tables")]

    operations = [
        migrations.AddField("codekey", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "codekey",
            models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("retired_at__isnull", False), _connector="OR"),
                name="codekey_withdrawn_not_in_use",
            ),
        ),
        migrations.RunSQL(
            AGAIN.format(columns="retired_at, withdrawn_at"), AGAIN.format(columns="retired_at")
        ),
    ]
