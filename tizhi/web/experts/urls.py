"""专家的地址。"""

from django.urls import path

from . import absences, batches, board, certificates, expert, letters, nominations

app_name = "experts"
urlpatterns = [
    path("", board.listed, name="list"),
    path("mine/", expert.mine, name="mine"),
    path("letters/", letters.listed, name="letters"),
    path("letters/export/", letters.exported, name="export"),
    path("nominate/<int:body>/", nominations.new, name="nominate"),
    path("nominate/<int:body>/list/", batches.new, name="batch"),
    path("nominate/<int:body>/list/template/", batches.template, name="template"),
    path("nominations/<int:pk>/", nominations.show, name="nomination"),
    path("nominations/<int:pk>/edit/", nominations.edit, name="edit"),
    path("nominations/<int:pk>/appoint/", letters.appoint, name="appoint"),
    path("nominations/<int:pk>/letter.<slug:kind>", letters.letter, name="letter"),
    path("nominations/<int:pk>/<slug:name>/", nominations.act, name="act"),
    path("people/<int:person>/", expert.show, name="person"),
    path("people/<int:person>/pace/", expert.pace, name="pace"),
    path("people/<int:person>/absence/", absences.new, name="absence"),
    path("absences/<int:pk>/cancel/", absences.cancel, name="cancel"),
    path("people/<int:person>/certificate/", certificates.ask, name="ask"),
    path("certificates/<int:pk>/issue/", certificates.issue, name="issue"),
    path("certificates/<int:pk>/certificate.<slug:kind>", certificates.paper, name="certificate"),
]
