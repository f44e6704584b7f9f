import django.db.models.deletion
from django.db import migrations, models

# The tables' owner is bound by row-level security too; for this statement it looks at all authorities.
FILL = """
    alter table command_publication no force row level security;
    alter table command_bulletin no force row level security;
    update command_publication publication
       set corrects_id = first.corrects_id
      from (select distinct on (bulletin.corrects_id) bulletin.corrects_id, published.id
              from command_publication published
              join command_bulletin bulletin on bulletin.id = published.bulletin_id
             where bulletin.corrects_id is not null
             order by bulletin.corrects_id, published.published_at, published.id) first
     where publication.id = first.id;
    alter table command_bulletin force row level security;
    alter table command_publication force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("command", "0002_keep_tenants_apart")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="command.bulletin",
            ),
        ),
        # Of two corrections that were both published before, the first one counts.
        migrations.RunSQL(sql=FILL, reverse_sql=migrations.RunSQL.noop),
    ]
