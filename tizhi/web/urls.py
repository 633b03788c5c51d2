"""页面地址: one line per subject; each folder has its own `urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tizhi.web.desk.urls")),
    path("", include("tizhi.web.frame.urls")),
    path("accounts/", include("tizhi.web.accounts.urls")),
    path("files/", include("tizhi.web.files.urls")),
    path("cluster/", include("tizhi.web.cluster.urls")),
    path("schemes/", include("tizhi.web.scheme.urls")),
    path("plans/", include("tizhi.web.plans.urls")),
    path("", include("tizhi.web.results.urls")),
    path("needs/", include("tizhi.web.needs.urls")),
    path("reviews/", include("tizhi.web.reviews.urls")),
    path("experts/", include("tizhi.web.experts.urls")),
    path("studies/", include("tizhi.web.studies.urls")),
    path("surveys/", include("tizhi.web.surveys.urls")),
    path("q/", include("tizhi.web.surveys.public_urls")),
    path("consultations/", include("tizhi.web.consultations.urls")),
    path("activities/", include("tizhi.web.activities.urls")),
    path("agenda/", include("tizhi.web.agenda.urls")),
    path("reports/", include("tizhi.web.reports.urls")),
    path("commitments/", include("tizhi.web.commitments.urls")),
    path("ledger/", include("tizhi.web.obligations.urls")),
    path("inputs/", include("tizhi.web.filings.urls")),
    path("directory/", include("tizhi.web.directory.urls")),
    path("system/", include("tizhi.web.accounts.system_urls")),
    path("history/", include("tizhi.web.history.urls")),
    path("calendar/", include("tizhi.web.calendar.urls")),
    path("notices/", include("tizhi.web.notices.urls")),
]
