"""The house keeps its shape: writes only through actions, modules say what they hold, files stay readable."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tizhi.base.acts.action import Action

PACKAGE = Path(settings.BASE_DIR)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
ACTION_FILES = sorted(PACKAGE.rglob("actions.py"))
OURS = [model for model in apps.get_models() if model.__module__.startswith("tizhi.")]


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", ACTION_FILES, ids=_name)
def test_every_public_write_is_an_action(path):
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    module = importlib.import_module(name)
    written_here = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    bare = [one for one in written_here if not one.startswith("_") and not isinstance(getattr(module, one), Action)]
    assert not bare, f"a public function without @action: {bare}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_holds_and_stays_readable(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") <= 400, "over 400 lines: split it by meaning"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_functions_are_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 60]
    assert not long


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_the_glossary_knows_every_model(model):
    glossary = (PACKAGE.parent / "docs/glossary.md").read_text(encoding="utf-8")
    row = next((line for line in glossary.splitlines() if f"`{model.__name__}`" in line), "")
    assert str(model._meta.verbose_name) in row


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_rows_of_work_are_never_swept_away_by_deleting_another_stage(model):
    for field in model._meta.get_fields():
        if getattr(field, "many_to_one", False) and field.related_model in OURS:
            same_stage = field.related_model._meta.app_label == model._meta.app_label
            assert same_stage or field.remote_field.on_delete.__name__ == "PROTECT", field


def test_generated_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=PACKAGE.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_no_page_speaks_through_inline_script_or_style():
    for template in PACKAGE.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert " style=" not in text and "<script>" not in text and " onclick=" not in text, template


def test_every_view_module_reads_through_queries():
    """A page narrows what it shows through `queries`; no view asks a model's manager itself."""
    for views in (PACKAGE / "web").rglob("*.py"):
        text = views.read_text(encoding="utf-8")
        assert ".objects." not in text, f"{_name(views)} asks the database itself"


def test_the_docstring_of_every_action_is_its_users_promise():
    for path in ACTION_FILES:
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for one in vars(importlib.import_module(name)).values():
            if isinstance(one, Action):
                assert inspect.getdoc(one.do), f"{one.code} has no docstring"
