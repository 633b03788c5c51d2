"""问卷的地址。"""

from django.urls import path

from . import builder, downloads, entry, exports, invitations, lists, records, results

app_name = "surveys"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("new/", entry.new, name="new"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/form/", builder.form, name="form"),
    path("<int:pk>/form/arrange/", builder.arrange, name="arrange"),
    path("<int:pk>/form/new/<slug:page>/<slug:kind>/", builder.new, name="new-question"),
    path("<int:pk>/form/<slug:key>/", builder.edit, name="question"),
    path("<int:pk>/invitations/", invitations.show, name="invitations"),
    path("<int:pk>/invitations/add/", invitations.add, name="invite"),
    path("<int:pk>/invitations/withdraw/", invitations.withdraw, name="withdraw"),
    path("<int:pk>/invitations/urge/", invitations.urge, name="urge"),
    path("<int:pk>/invitations/mail/", invitations.mail, name="mail"),
    path("<int:pk>/invitations/links/", downloads.links, name="links"),
    path("<int:pk>/results/", results.show, name="results"),
    path("<int:pk>/results/cross/", results.cross, name="cross"),
    path("<int:pk>/results/texts/<str:name>/", results.texts, name="texts"),
    path("<int:pk>/results/excel/", exports.excel, name="excel"),
    path("<int:pk>/results/spss/", exports.spss, name="spss"),
    path("<int:pk>/results/making/<slug:kind>/", exports.making, name="making"),
    path("<int:pk>/results/made/<slug:kind>/", exports.made, name="made"),
    path("<int:pk>/results/word/", downloads.word, name="word"),
    path("<int:pk>/qr/", downloads.qr, name="qr"),
    path("<int:pk>/act/<slug:name>/", records.act, name="act"),
]
