"""门: every page and every act × every persona, in one table (doors.csv). A door without a row fails.

200 opens, 302 leads on (an act done, or to sign-in), 403 may see but not do, 404 does not exist for this person,
405 is no such way in, 422 is open but what was sent is incomplete, 409 tells of another's change.
"""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from tests import make

from . import world
from .doors import PERSONAS, ROWS, account, address

WITHOUT_SIGN_IN = {"account_login", "account_reset_password", "account_reset_password_done"}
# allauth's own steps; each is walked through in tests/accounts.
STEPS = {
    "account_inactive", "account_link", "account_set_password", "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}  # fmt: skip


def _names(patterns, space=()):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _names(one.url_patterns, (*space, one.namespace) if one.namespace else space)
        elif one.name:
            yield ":".join((*space, one.name))


def test_every_door_has_a_row():
    named = {row[0].split()[1].split("?")[0] for row in ROWS}
    assert set(_names(get_resolver().url_patterns)) - named - STEPS == set()
    assert set(PERSONAS) == {*make.ALL_PERSONAS, "president"}


@pytest.fixture(scope="module")
def people_and_things(django_db_setup, django_db_blocker):
    """The world, made once and taken back when the table is through."""
    with django_db_blocker.unblock(), transaction.atomic():
        things = world.build()
        yield things, {persona: _session(persona) for persona in PERSONAS}
        transaction.set_rollback(True)


def _session(persona: str) -> str:
    """What the persona's browser brings along once it has signed in; empty for nobody."""
    user = account(persona)
    return make.signed_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value if user else ""


def _status(session: str, door: str, things: world.World) -> int:
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    sent = getattr(client, door.split()[0].lower())(address(door, things))
    return sent.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_door_opens_only_to_those_whose_it_is(row, people_and_things):
    found, (things, sessions) = [], people_and_things
    for persona in PERSONAS:
        with transaction.atomic():
            found.append(str(_status(sessions[persona], row[0], things)))
            transaction.set_rollback(True)
    wrong = [
        f"{persona}: {is_now}, not {told}"
        for persona, is_now, told in zip(PERSONAS, found, row[1:], strict=True)
        if is_now != told
    ]
    assert not wrong, f"{'; '.join(wrong)}\n{row[0]},{','.join(found)}"
