"""造数: the builders everyone uses make what their names say."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", make.ALL_PERSONAS)
def test_every_persona_acts_in_its_post(name):
    actor = make.actor(name)
    assert actor.user_id
    expected = make.PERSONAS.get(name)
    assert actor.unit_id == (make.unit(expected.unit).pk if expected else None)
    assert make.persona(name).pk == actor.user_id


def test_personas_hold_what_their_posts_carry():
    assert make.actor("secretariat").powers == {"secretariat", "read-cluster"}
    assert make.actor("cluster-office-member").powers == frozenset()
    assert make.actor("pair-office").reports_for == {make.unit("安徽师范大学").pk, make.unit("阜阳师范大学").pk}
    assert make.actor("secretary").principals[0].name == "高远"
    assert make.actor("department").reads == {
        make.unit(name).pk for name in ("安徽师范大学", "阜阳师范大学", "安徽省教育厅")
    }
    assert make.actor("outsider").cluster_id != make.actor("liaison").cluster_id
    assert make.actor("administrator").is_administrator


def test_a_persona_signs_in(client):
    assert make.signed_in(client, "liaison").session["_auth_user_id"] == str(make.persona("liaison").pk)
