import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("returns", "0001_keep_planned_returns"),
    ]

    operations = [
        migrations.AlterField(
            model_name="plannedreturn",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
    ]
