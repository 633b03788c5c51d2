"""单位季报材料的页面地址。"""

from django.urls import path

from . import contacts, entry, records

app_name = "filings"
urlpatterns = [
    path("contacts/<int:unit>/", contacts.confirm, name="contacts"),
    path("<str:period>/<int:unit>/", records.show, name="show"),
    path("<str:period>/<int:unit>/edit/", entry.edit, name="edit"),
    path("<str:period>/<int:unit>/autosave/", entry.autosave, name="autosave"),
    path("<str:period>/<int:unit>/<slug:name>/", records.act, name="act"),
]
