"""门表: doors.csv – every page and every act, and what each persona meets there."""

import csv
from pathlib import Path

from django.urls import reverse

from tests import make
from tizhi.base.accounts.models import User

from .world import World, president

with Path(__file__).with_name("doors.csv").open(encoding="utf-8") as file:
    HEADER, *ROWS = list(csv.reader(file))
PERSONAS = HEADER[1:]


def address(door: str, things: World) -> str:
    """The address of a row such as "GET activities:show draft", with the world's things put in."""
    _, name, *args = door.split()
    name, _, query = name.partition("?")
    path = reverse(name, args=[things.get(arg, arg) for arg in args])
    return f"{path}?{query}" if query else path


def account(persona: str) -> User | None:
    """Who signs in as that persona; nobody does not."""
    if persona == "president":
        return president()
    return None if persona == "nobody" else make.persona(persona)
