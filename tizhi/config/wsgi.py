"""WSGI: the application as a server runs it. `tizhi serve` uses it; so may any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tizhi.config.settings")
application = get_wsgi_application()

# The settings can be asked only now.
from tizhi.config.checks import require_fit_to_serve  # noqa: E402

require_fit_to_serve()
