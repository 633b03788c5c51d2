"""一校一策的地址。"""

from django.urls import path

from . import importing, lists, measures, opening, papers, records, remarks, steps, versions, writing

app_name = "plans"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export/", lists.exported, name="export"),
    path("new/", opening.new, name="new"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/history/", records.history, name="history"),
    path("<int:pk>/edit/<slug:key>/", writing.edit, name="edit"),
    path("<int:pk>/edit/<slug:key>/autosave/", writing.autosave, name="autosave"),
    path("<int:pk>/edit/<slug:key>/earlier/", writing.earlier, name="earlier"),
    path("<int:pk>/presence/", writing.presence, name="presence"),
    path("<int:pk>/pictures/", writing.picture, name="picture"),
    path("<int:pk>/import/", importing.upload, name="import"),
    path("<int:pk>/submit/", steps.submit, name="submit"),
    path("<int:pk>/step/", steps.complete, name="step"),
    path("<int:pk>/do/<slug:name>/", steps.act, name="act"),
    path("<int:pk>/comments/", remarks.add, name="comment"),
    path("<int:pk>/comments/<int:comment>/<slug:name>/", remarks.act, name="remark"),
    path("<int:pk>/measures/", measures.listed, name="measures"),
    path("<int:pk>/measures/new/", measures.new, name="new_measure"),
    path("<int:pk>/measures/<int:measure>/", measures.edit, name="measure"),
    path("<int:pk>/measures/<int:measure>/withdraw/", measures.withdraw, name="withdraw_measure"),
    path("<int:pk>/versions/", versions.listed, name="versions"),
    path("<int:pk>/versions/<int:number>/", versions.show, name="version"),
    path("<int:pk>/compare/", versions.compared, name="compare"),
    path("<int:pk>/compare/word/", versions.as_word, name="compare_word"),
    path("<int:pk>/word/", papers.word, name="word"),
    path("<int:pk>/pdf/", papers.pdf, name="pdf"),
]
