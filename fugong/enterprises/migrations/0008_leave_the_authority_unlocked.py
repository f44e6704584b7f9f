import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0007_keep_refused_rows_a_while"),
    ]

    operations = [
        migrations.AlterField(
            model_name="enterprise",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
        migrations.AlterField(
            model_name="registerevent",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
        migrations.AlterField(
            model_name="standing",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
        migrations.AlterField(
            model_name="standingcount",
            name="authority",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.authority",
            ),
        ),
        migrations.AlterField(
            model_name="standingevent",
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
