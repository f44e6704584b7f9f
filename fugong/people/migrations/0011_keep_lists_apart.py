from django.db import migrations

from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [("people", "0010_take_lists_in")]

    operations = [enable_rls("people_importbatch"), enable_rls("people_importrow")]
