"""The sample year, loaded once for all that is said of it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from tests.conftest import make_bare
from tizhi.base.kit import clock
from tizhi.demo.load import Loaded, load

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker) -> Iterator[Loaded]:
    """What was loaded into an empty installation."""
    with django_db_blocker.unblock(), clock.at(TODAY), transaction.atomic():
        make_bare()
        yield load(TODAY)
        transaction.set_rollback(True)
