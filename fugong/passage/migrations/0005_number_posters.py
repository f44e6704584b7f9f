from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("passage", "0004_find_codes_of_a_phone")]
    operations = [
        migrations.AddField("gate", "poster_number", models.PositiveIntegerField(default=0, editable=False)),
    ]
