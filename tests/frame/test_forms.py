"""Fields as a person and a screen reader meet them."""

import pytest
from django import forms

from tizhi.base.kit.errors import RuleBroken
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.widgets import DayInput, Picker, Segments


class BriefForm(forms.Form):
    title = forms.CharField(label="标题", help_text="一句话说明做了什么")
    day = forms.DateField(label="日期", widget=DayInput, required=False)
    mode = forms.ChoiceField(label="方式", choices=[("a", "现场"), ("b", "线上")], widget=Segments)
    unit = forms.ChoiceField(
        label="单位", choices=[("1", "阿坝师范学院")], widget=Picker(url="/units/"), required=False
    )
    people = forms.IntegerField(label="人数", widget=forms.NumberInput(attrs={"data-unit": "人"}), required=False)


def test_help_and_fault_are_tied_to_their_field():
    page = str(BriefForm({"title": "", "mode": "a"}))
    control = page.split("<input")[1].split(">")[0]
    assert 'aria-invalid="true"' in control
    described = control.split('aria-describedby="')[1].split('"')[0].split()
    assert described and all(f'id="{one}"' in page for one in described)
    assert '<a href="#id_title">请填写标题。</a>' in page


def test_optional_fields_say_so_and_figures_have_their_unit():
    page = str(BriefForm())
    assert page.count("可不填") == 3
    assert 'aria-hidden="true">人</span>' in page and 'type="date"' in page


def test_choices_are_real_radio_buttons_in_a_named_group():
    page = str(BriefForm())
    assert page.count('type="radio"') == 2 and "<fieldset" in page
    assert '<legend class="lab">方式' in page


def test_a_picker_is_a_select_that_knows_where_to_search():
    page = str(BriefForm()["unit"])
    assert page.startswith("<select") and 'data-url="/units/"' in page and "阿坝师范学院" in page


def test_a_rule_goes_to_its_field_or_above_the_form():
    form = BriefForm({"title": "一", "mode": "a"})
    show_fault(form, RuleBroken("不行", {"title": "标题太短。", "units": "至少写一个单位。"}))
    assert form.errors["title"] == ["标题太短。"] and form.non_field_errors() == ["至少写一个单位。"]
    assert form_status(form) == 422


@pytest.mark.parametrize("form", [BriefForm(), BriefForm({"title": "一", "mode": "a"})])
def test_a_form_without_faults_is_a_good_page(form):
    assert form_status(form) == 200
