"""Reports issued before their sending could be entered get a dispatch each, so that it can be entered now.

Forward only in what it adds; backward it leaves the rows, which filings drops with their table.
"""

from django.db import migrations


def add(apps, schema_editor):
    Report = apps.get_model("reports", "Report")
    Dispatch = apps.get_model("filings", "Dispatch")
    known = set(Dispatch.objects.values_list("cluster", "period"))
    issued = Report.objects.filter(state="issued").values_list("cluster", "period", "number", "issued_on", "issued_at")
    Dispatch.objects.bulk_create(
        Dispatch(cluster_id=cluster, period=period, number=number, issued_on=on, issued_at=at)
        for cluster, period, number, on, at in issued
        if (cluster, period) not in known and on and at
    )


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0001_initial"),
        ("filings", "0002_waivers_dispatches_confirmations"),
    ]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
