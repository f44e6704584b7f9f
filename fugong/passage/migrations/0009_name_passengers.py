"""A vehicle's pass names who rides along."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("passage", "0008_write_less")]

    operations = [
        migrations.AddField(
            model_name="vehiclepass",
            name="passengers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                blank=True,
                default=list,
                size=None,
                verbose_name="passengers",
            ),
        ),
    ]
