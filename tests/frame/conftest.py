"""One person in two posts of a small cluster."""

from datetime import date

import pytest
from django.test import Client

from tizhi.base.accounts.models import User
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Cluster, Post, Unit


@pytest.fixture(autouse=True)
def _scratch_pages(settings):
    settings.ROOT_URLCONF = "tests.frame.urls"


@pytest.fixture
def posts(db):
    """Liaison and head of the same unit, both held by 示例·卓玛."""
    cluster = Cluster.objects.create(key="c", name="示例组团", title="方案", programme="计划", starts=date(2022, 4, 1))
    unit = Unit.objects.create(name="阿坝师范学院", kind=Unit.Kind.UNIVERSITY)
    user = User.objects.create_user("zhuoma", "a-long-password", name="示例·卓玛")
    person = Person.objects.create(name="示例·卓玛", unit=unit, user=user)
    held = []
    for key, name, powers in (("liaison", "联络员", ["report-unit"]), ("head", "分管校领导", ["approve-unit"])):
        post = Post.objects.create(cluster=cluster, key=key, name=name, powers=powers)
        held.append(
            Appointment.objects.create(cluster=cluster, person=person, post=post, unit=unit, title="教务处干事")
        )
    return held


@pytest.fixture
def signed_in(posts):
    """示例·卓玛 signed in, acting as liaison."""
    client = Client(raise_request_exception=False)
    client.force_login(posts[0].person.user)
    return client
