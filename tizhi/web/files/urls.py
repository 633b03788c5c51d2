"""文件的地址。"""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/small/", views.thumbnail, name="thumbnail"),
]
