"""What the tests of notices share: whom to tell, and a mail server of their own."""

import email
import email.policy
import socket
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller

from tizhi.base.accounts.models import User
from tizhi.base.notices.telling import Message, Recipient


@pytest.fixture
def sun(db):
    """示例·孙涛, with an account and a mail address."""
    user = User.objects.create_user("suntao", name="示例·孙涛")
    return Recipient(7, "示例·孙涛", user.pk, "st@ahnu.example", "联络员")


def message(number=1, **given):
    """A message about duty `number`; it leads to the list of briefs."""
    made = {"key": f"ledger:{number}:", "kind": "reminder", "title": f"第{number}项还有9天", "text": "请按期完成。"}
    return Message(**{**made, "url_name": "activities:list", "cluster_id": 1, **given})


@pytest.fixture
def has_mail(settings):
    """A platform that sends mail; without the mail server below it is kept in `mail.outbox`."""
    settings.HAS_MAIL = True


@dataclass
class Server:
    """A mail server; `refuses` are answers by recipient, given until they are taken away."""

    received: list = field(default_factory=list)
    refuses: dict = field(default_factory=dict)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.refuses.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append(
            (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
        )
        return "250 OK"


@pytest.fixture
def mail_server(has_mail, settings):
    """A real mail server on a free port of this machine, which the platform sends to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    server = Server()
    controller = Controller(server, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture
def no_server(has_mail, settings):
    """The mail server does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
