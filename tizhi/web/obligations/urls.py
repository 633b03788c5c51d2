"""履约台账的地址。"""

from django.urls import path

from . import acts, board, burden, cell, files, lists

app_name = "obligations"
urlpatterns = [
    path("", board.board, name="board"),
    path("lines/", lists.listed, name="lines"),
    path("excel/", files.excel, name="excel"),
    path("word/", files.word, name="word"),
    path("burden/", burden.burden, name="burden"),
    path("burden/excel/", burden.burden_excel, name="burden-excel"),
    path("urge/", acts.urge, name="urge"),
    path("waivers/<int:pk>/lift/", acts.lift, name="lift"),
    # Before the cell, whose address would take it for a rule of that name.
    path("<int:year>/waive/<str:key>/", acts.waive, name="waive"),
    path("<int:year>/<slug:rule>/<str:column>/", cell.show, name="cell"),
]
