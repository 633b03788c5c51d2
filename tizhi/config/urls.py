"""地址: the pages."""

from django.urls import include, path

urlpatterns = [path("", include("tizhi.web.urls"))]

handler400 = "tizhi.web.frame.errors.bad_request"
handler403 = "tizhi.web.frame.errors.forbidden"
handler404 = "tizhi.web.frame.errors.not_found"
handler500 = "tizhi.web.frame.errors.server_error"
