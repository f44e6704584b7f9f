from __future__ import annotations

import random
import string

import pytest
from django.utils import translation

from fugong.passage.choices import PlateKind
from fugong.passage.rules.plates import LENGTH_MOST, plate_problem, read_plate, tidied

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize("office", [letter for letter in string.ascii_uppercase if letter != "I"])
def test_read_plate_of_each_province_and_office_is_ordinary(province, office):
    draw = random.Random(f"{province}{office}")
    text = province + office + "".join(draw.choices(SERIAL, k=5))
    found = read_plate(text)
    assert found is not None
    assert (found.text, found.kind) == (text, PlateKind.ORDINARY)
    assert plate_problem(text) is None


@pytest.mark.parametrize("letter", "ABCDEFGHJK")
@pytest.mark.parametrize("form", ["皖D{}12345", "皖D{}A1234", "皖D12345{}"])
def test_read_plate_of_a_new_energy_vehicle_is_that(letter, form):
    assert read_plate(form.format(letter)).kind is PlateKind.NEW_ENERGY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("皖D12345", PlateKind.ORDINARY),
        ("皖DD1234", PlateKind.ORDINARY),
        ("京OA0001", PlateKind.ORDINARY),
        ("皖D1234挂", PlateKind.TRAILER),
        ("皖DAB12挂", PlateKind.TRAILER),
        ("粤ZA123港", PlateKind.CROSS_BORDER),
        ("粤Z1234澳", PlateKind.CROSS_BORDER),
        ("皖D1234警", PlateKind.OTHER),
        ("皖D1234学", PlateKind.OTHER),
        ("沪A0023领", PlateKind.OTHER),
        ("皖D1234试", PlateKind.OTHER),
        ("皖D1234超", PlateKind.OTHER),
        ("皖D12345临", PlateKind.OTHER),
        ("京X1234应急", PlateKind.OTHER),
        ("使014578", PlateKind.OTHER),
        ("014578使", PlateKind.OTHER),
        ("WJ皖12345", PlateKind.OTHER),
        ("WJ1234X", PlateKind.OTHER),
        ("KA12345", PlateKind.OTHER),
        ("皖0412345", PlateKind.OTHER),
    ],
)
def test_read_plate_of_each_form_is_of_its_kind(text, kind):
    found = read_plate(text)
    assert (found.text, found.kind) == (text, kind)
    assert len(found.text) <= LENGTH_MOST


@pytest.mark.parametrize(
    "typed",
    [
        "皖d12345",
        "皖D·12345",
        "皖D•12345",
        "皖D 12345",
        "皖Ｄ１２３４５",
        " 皖D-123 45 ",
        "皖D．12345",
        "皖\u3000D12345",
    ],
)
def test_read_plate_when_typed_otherwise_is_the_same(typed):
    assert read_plate(typed).text == tidied(typed) == "皖D12345"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write the plate"),
        (" · ", "Write the plate"),
        ("12345", "begins with the short name"),
        ("台A12345", "begins with the short name"),
        ("D12345", "begins with the short name"),
        ("皖112345", "second character"),
        ("皖I12345", "second character"),
        ("皖", "second character"),
        ("皖DI2345", "no I and no O"),
        ("皖D1234O", "no I and no O"),
        ("皖D1234", "has 6"),
        ("皖D1234567", "has 9"),
        ("皖D123456", "new-energy"),
        ("皖DL12345", "new-energy"),
        ("皖DD1234A", "new-energy"),
        ("皖D1234港", "look at each"),
        ("皖D12?45", "look at each"),
        ("粤ZA123台", "look at each"),
    ],
)
def test_plate_problem_of_what_is_none_says_what_is_wrong(text, says):
    assert read_plate(text) is None
    with translation.override("en"):
        assert says in str(plate_problem(text))


def test_plate_problem_of_anything_typed_is_there_unless_it_is_a_plate():
    draw = random.Random(4)
    letters = PROVINCES + SERIAL + "IO挂港澳警学领使临?·　"
    for _time in range(20_000):
        text = "".join(draw.choices(letters, k=draw.randint(0, 9)))
        assert (read_plate(text) is None) == (plate_problem(text) is not None)
