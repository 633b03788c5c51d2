"""需求诊断的地址。"""

from django.urls import path

from . import entry, exports, records, schools

app_name = "needs"
urlpatterns = [
    path("", schools.overview, name="overview"),
    path("export/", exports.all_sheets, name="export-all"),
    path("from-finding/<int:finding>/", entry.from_finding, name="from-finding"),
    path("<int:unit>/", schools.school, name="school"),
    path("<int:unit>/word/", exports.word, name="word"),
    path("<int:unit>/export/", exports.sheet, name="export"),
    path("<int:unit>/new/", entry.new_need, name="new"),
    path("<int:unit>/traits/new/", entry.new_trait, name="new-trait"),
    path("<int:unit>/traits/<int:pk>/", entry.edit_trait, name="edit-trait"),
    path("<int:unit>/traits/<int:pk>/withdraw/", records.withdraw, name="withdraw-trait"),
    path("<int:unit>/<int:number>/", records.show, name="show"),
    path("<int:unit>/<int:number>/refine/", entry.refine, name="refine"),
    path("<int:unit>/<int:number>/<slug:name>/", records.act, name="act"),
]
