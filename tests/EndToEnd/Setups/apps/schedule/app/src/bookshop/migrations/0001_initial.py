from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[("id", models.BigAutoField(primary_key=True)), ("to", models.CharField(max_length=100))],
        )
    ]
