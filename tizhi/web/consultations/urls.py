"""问诊的地址。"""

from django.urls import path

from . import cases, course, entry, experts, lists, records

app_name = "consultations"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("new/", entry.new, name="new"),
    path("new/autosave/", entry.begin, name="begin"),
    path("from-finding/<int:finding>/", entry.new, name="from-finding"),
    path("from-finding/<int:finding>/autosave/", entry.begin, name="begin-from-finding"),
    path("from-need/<int:need>/", entry.new, name="from-need"),
    path("from-need/<int:need>/autosave/", entry.begin, name="begin-from-need"),
    path("cases/", cases.listed, name="cases"),
    path("cases/<int:pk>/", cases.show, name="case"),
    path("asked/<int:pk>/<slug:name>/", experts.act, name="asked"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/edit/autosave/", entry.autosave, name="autosave"),
    path("<int:pk>/triage/", course.triage, name="triage"),
    path("<int:pk>/invite/", experts.invite, name="invite"),
    path("<int:pk>/advise/", experts.advise, name="advise"),
    path("<int:pk>/session/", course.session, name="session"),
    path("<int:pk>/answer/", course.answer, name="answer"),
    path("<int:pk>/decide/", course.decide, name="decide"),
    path("<int:pk>/effect/", course.effect, name="effect"),
    path("<int:pk>/prepare/", cases.prepare, name="prepare"),
    path("<int:pk>/<slug:name>/", records.act, name="act"),
]
