"""Who nominates, at a browser."""

import pytest

from tests import make
from tizhi.base.accounts.models import User

from .building import nominator


@pytest.fixture
def nominating(client):
    """Signed in as whose unit nominates the committee."""
    return make.signed_in(client, User.objects.get(pk=nominator().user_id))
