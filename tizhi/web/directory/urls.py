"""通讯录的地址。"""

from django.urls import path

from . import letting_in, people, pick, posts, proxies, sheet, units

app_name = "directory"
urlpatterns = [
    path("", people.people, name="list"),
    path("mine/", people.mine, name="mine"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/phone/", people.phone, name="phone"),
    path("<int:pk>/close/", people.close, name="close"),
    path("<int:pk>/reopen/", people.reopen, name="reopen"),
    path("<int:pk>/invite/", letting_in.invite, name="invite"),
    path("<int:pk>/reset/", letting_in.reset, name="reset"),
    path("<int:pk>/unlock/", letting_in.unlock, name="unlock"),
    path("<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("seats/<int:seat>/appoint/", posts.sit, name="sit"),
    path("appointments/<int:pk>/end/", posts.end, name="end"),
    path("appointments/<int:pk>/assist/", posts.assist, name="assist"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:unit>/new/", people.new, name="new"),
    path("units/<int:unit>/invitations/", letting_in.slips, name="slips"),
    path("import/", sheet.upload, name="import"),
    path("export/", sheet.export, name="export"),
    path("<int:pk>/erase/", people.erase, name="erase"),
    path("import/template/", sheet.template, name="template"),
    path("proxies/", proxies.proxies, name="proxies"),
    path("proxies/<int:pk>/confirm/", proxies.confirm, name="confirm"),
    path("proxies/<int:pk>/paper/", proxies.paper, name="paper"),
    path("pick/people/", pick.people, name="pick-people"),
    path("pick/units/", pick.units, name="pick-units"),
]
