"""施行方案: loading, changing and keeping schemes."""

import pytest

from tests import make
from tizhi.pipeline.scheme.models import Unit

pytestmark = pytest.mark.django_db


def test_first_load_makes_the_cluster_of_the_work_plan():
    cluster = make.bnu()
    assert cluster.members.count() == 12
    assert cluster.pairs.count() == 4
    assert cluster.posts.count() == 8
    assert cluster.areas.count() == 5
    assert cluster.bodies.count() == 3 + 4 + 4
    assert Unit.objects.count() == 12
    assert cluster.bodies.get(declared="pair-office", unit__name="安徽师范大学").name == "安徽师范大学小组团办公室"
