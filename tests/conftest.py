"""What every test has: a fixed day, the cluster of the real work plan in the database, and no mail sent by accident."""

from datetime import date

import pytest
from django.core.management.color import no_style
from django.db import connection

from tests import make
from tizhi.base.kit import clock

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    """Every test lives on 23 November 2026 unless it says otherwise (`clock.at`)."""
    with clock.at(TODAY):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Nearly every test begins with the cluster, so it is read once: `make.bnu()` finds it, or makes it anew."""
    with django_db_blocker.unblock(), clock.at(TODAY):
        make.bnu()
    yield
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """So that the database can be dropped: a browser closed in mid-request leaves the server's thread connected."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True, scope="module")
def _cluster_stays(request, django_db_blocker):
    """Where a test in a browser emptied the database, the next file finds the cluster again."""
    if any(test.path == request.path and test.get_closest_marker("django_db") for test in request.session.items):
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock(), clock.at(TODAY):
            make.bnu()


@pytest.fixture(autouse=True)
def _cluster(request, _today):
    """And so does the next test of the same file."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        make.bnu()


@pytest.fixture
def bare(db):
    """An installation into which nothing was loaded yet."""
    make_bare()


def make_bare() -> None:
    """Take out whatever was loaded."""
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if _holds_rows(name)]
    statements = connection.ops.sql_flush(no_style(), tables, allow_cascade=False)
    connection.check_constraints()  # what waits to be checked would refuse to be emptied
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for statement in statements:
            cursor.execute(statement)


def _holds_rows(table: str) -> bool:
    return table not in ("django_migrations", "django_content_type", "auth_permission")
