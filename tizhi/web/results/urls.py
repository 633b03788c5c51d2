"""关联链条的地址。"""

from django.urls import path

from . import views

app_name = "results"
urlpatterns = [
    path("chain/", views.overview, name="overview"),
    path("chain/<int:unit>/", views.school, name="school"),
    path("chain/<int:unit>/export/", views.school_sheet, name="school-export"),
    path("plans/<int:pk>/chain/", views.plan, name="chain"),
    path("plans/<int:pk>/chain/export/", views.plan_sheet, name="chain-export"),
]
