"""页面框架的变量。"""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: who acts and what the menu holds."""
    return {"actor": getattr(request, "actor", None)}
