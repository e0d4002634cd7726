import pytest

from casi.importers import names
from casi.importers.base import ImportFault


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Turkiye", "TUR"),
        ("Türkiye", "TUR"),
        ("Kyrgyzstan", "KGZ"),
        ("Kyrgyz Republic", "KGZ"),
        ("South Korea", "KOR"),
        ("Bosnia-Herzegovina", "BIH"),
        ("United Arab Emirates", "ARE"),
        ("UAE", "ARE"),
        ("Unknown supplier(s)", "XXX"),
        ("unknown supplier(s)", "XXX"),
    ],
)
def test_names_of_the_registers_become_codes(name, code):
    assert names.code(name) == code


@pytest.mark.parametrize("name", ["Central Asia", "NTC (Libya)*", "African Union**", "ABC", "Xyz"])
def test_what_is_no_state_by_its_name_gets_no_code(name):
    assert names.code(name) is None


def test_every_unknown_name_is_named():
    with pytest.raises(ImportFault, match=r"edition X: no code for 'Xyz', 'Abc'; add it"):
        names.codes(["China", "Xyz", "Abc"], "edition X")
    assert names.codes(["China", "China"], "edition X") == {"China": "CHN"}
