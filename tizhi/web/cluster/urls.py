"""组团的地址。"""

from django.urls import path

from . import bodies, figures, views

app_name = "cluster"
urlpatterns = [
    path("", views.home, name="home"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/name/", bodies.rename, name="rename"),
    path("bodies/<int:pk>/found/<slug:declared>/", bodies.found, name="found"),
    path("bodies/<int:pk>/close/", bodies.close, name="close"),
    path("figures/word/", figures.figures_word, name="figures-word"),
    path("figures/<slug:which>/", figures.figure, name="figure"),
    path("figures/<slug:which>/<slug:form>/", figures.figure_file, name="figure-file"),
    path("overview/", views.overview, name="overview"),
]
