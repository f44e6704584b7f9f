from django.db import migrations, models

import fugong.core.sealed.fields


class Migration(migrations.Migration):
    """The hashes of what is there already are filled in by a clock: they need the keys."""

    dependencies = [("enterprises", "0005_find_standing_of_days")]

    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="contact_phone_hash",
            field=fugong.core.sealed.fields.SearchHashField(normalise="phone", source="contact_phone"),
        ),
        migrations.AddField(
            model_name="importrow",
            name="phone_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
    ]
