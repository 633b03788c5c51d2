"""换职务: the post a person acts in, chosen for this session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tizhi.base.kit.errors import RuleBroken

from .middleware import CHOSEN, OUTSIDE
from .request import Request


@require_POST
def act_as(request: Request) -> HttpResponse:
    """Act in another of one's own posts from now on; RuleBroken for a post that is not one's own."""
    wanted = request.POST.get("appointment", "")
    chosen = next((post for post in request.posts if str(post.pk) == wanted), None)
    if chosen:
        request.session[CHOSEN] = chosen.pk
        messages.success(request, f"现在以{chosen.place}{chosen.post_name}的职务办理。")
    elif wanted == OUTSIDE and request.user.is_authenticated and request.user.is_administrator:
        request.session[CHOSEN] = OUTSIDE
        messages.success(request, "现在作为系统管理员办理。")
    else:
        raise RuleBroken("你没有这个职务，或者任期已满。请刷新页面后重新选择。")
    # The page one comes from may be invisible in the other post.
    return redirect("/")
