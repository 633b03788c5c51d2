"""专家审核的地址。"""

from django.urls import path

from . import assigning, concluding, lists, opinions, papers, records, replies

app_name = "reviews"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("plan/<int:plan>/", records.of_plan, name="of-plan"),
    path("plan/<int:plan>/open/", assigning.open_one, name="open"),
    path("<int:pk>/", records.show, name="show"),
    path("<int:pk>/text/", records.text, name="text"),
    path("<int:pk>/days/", assigning.days, name="days"),
    path("<int:pk>/experts/", assigning.experts, name="experts"),
    path("<int:pk>/conclude/", concluding.conclude, name="conclude"),
    path("<int:pk>/recheck/", concluding.recheck, name="recheck"),
    path("<int:pk>/reply/", replies.reply, name="reply"),
    path("<int:pk>/conclusion/<str:form>/", papers.conclusion, name="conclusion-paper"),
    path("<int:pk>/replies/<str:form>/", papers.replies, name="reply-paper"),
    path("<int:pk>/do/<slug:name>/", records.act, name="act"),
    path("opinions/<int:pk>/", opinions.write, name="opinion"),
    path("opinions/<int:pk>/autosave/", opinions.autosave, name="autosave"),
    path("opinions/<int:pk>/enter/", opinions.enter, name="enter"),
    path("opinions/<int:pk>/paper/<str:form>/", papers.opinion, name="opinion-paper"),
    path("opinions/<int:pk>/do/<slug:name>/", records.assignment_act, name="assignment-act"),
]
