"""Regions as people write them."""

import pytest

from fugong.core.regions import UnknownRegion, find_region, is_within, region_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("42", "420000"),
        ("4211", "421100"),
        ("340402", "340402"),
        ("湖北", "420000"),
        ("湖北省", "420000"),
        ("黄冈", "421100"),
        ("湖北省黄冈市", "421100"),
        ("湖北黄冈", "421100"),
        ("淮南市大通区", "340402"),
        ("安徽省淮南市大通区", "340402"),
        ("北京", "110000"),
        ("北京市", "110000"),
        ("北京市朝阳区", "110105"),
        ("廣東省河源市", "441600"),
        ("广西", "450000"),
        ("内蒙古自治区", "150000"),
        ("香港", "810000"),
    ],
)
def test_a_region_is_found_as_people_write_it(text, code):
    assert find_region(text) == code


def test_a_name_that_several_carry_is_not_guessed():
    with pytest.raises(UnknownRegion) as unknown:
        find_region("朝阳区")
    assert "北京市朝阳区" in unknown.value.options
    assert len(unknown.value.options) > 1


@pytest.mark.parametrize("text", ["", "亚特兰蒂斯", "999999", "420", "4200000", "武汉县"])
def test_what_is_no_region_in_use_is_refused_without_options(text):
    with pytest.raises(UnknownRegion) as unknown:
        find_region(text)
    assert unknown.value.options == ()


def test_names_say_what_a_region_lies_in():
    assert region_name("340402") == "安徽省淮南市大通区"
    assert region_name("421100") == "湖北省黄冈市"
    assert region_name("110105") == "北京市朝阳区"
    assert region_name("420000") == "湖北省"
    assert region_name("999999") == "999999"


def test_a_county_lies_in_its_prefecture_and_its_province_only():
    assert is_within("421102", "420000")
    assert is_within("421102", "421100")
    assert is_within("421102", "421102")
    assert not is_within("421102", "420100")
    assert not is_within("431102", "420000")


def test_a_retired_code_still_has_its_name_and_is_not_found_by_it():
    """崇文区 of Beijing was joined to 东城区 in 2010; numbers given before still begin with its code."""
    assert region_name("110103") == "北京市崇文区"
    with pytest.raises(UnknownRegion):
        find_region("崇文区")
