"""One person in two posts: liaison and vice-president of 安徽师范大学."""

import pytest
from django.test import Client

from tests import make
from tizhi.pipeline.directory.actors import appointments_of
from tizhi.pipeline.scheme.models import Post


@pytest.fixture(autouse=True)
def _scratch_pages(settings):
    settings.ROOT_URLCONF = "tests.frame.urls"


@pytest.fixture
def posts(db):
    """Both posts, the lower first."""
    liaison = make.appointment("liaison")
    leader = Post.objects.get(cluster=liaison.cluster, key="vice-president")
    make.appoint(liaison.person, cluster=liaison.cluster, post=leader, unit=liaison.unit)
    return appointments_of(liaison.person.user)[::-1]


@pytest.fixture
def signed_in(posts):
    """That person signed in, acting as liaison."""
    client = make.signed_in(Client(raise_request_exception=False), posts[0].person.user)
    client.post("/act-as/", {"appointment": posts[0].pk})
    client.get("/rows/")  # takes the greeting with it
    return client
