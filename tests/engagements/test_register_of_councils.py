"""Loading a register of councils, ours or that of the ONS, and later editions."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Council, Succession
from engagements.registers import UnreadableRegister, read_register
from peerchallenge.history.models import OperationRecord

HEAD = "name,short_name,code,type,region,governance_model,website,start_date,end_date,notes\n"
NORTH = "North Vale District Council,North Vale,E07000901,district,North West,,northvale.example,,,\n"
SOUTH = "South Vale District Council,South Vale,E07000902,district,North West,committee,southvale.example,,,\n"
COUNTY = "Valeshire County Council,Valeshire,E10000901,county,North West,,valeshire.example,,,\n"


@pytest.fixture
def load(tmp_path, db):
    def run(text: str, *options: str) -> str:
        file = tmp_path / "councils.csv"
        file.write_text(text, encoding="utf-8")
        told = StringIO()
        call_command("load_councils", str(file), *options, stdout=told)
        return told.getvalue()

    return run


def test_a_register_is_loaded_once(load):
    first = load(HEAD + NORTH + SOUTH + COUNTY)
    records = OperationRecord.objects.count()
    second = load(HEAD + NORTH + SOUTH + COUNTY)

    assert "3\xa0councils added, 0 changed, 0 as they were" in first
    assert "Nothing changed: 3\xa0councils as in the file." in second
    assert OperationRecord.objects.count() == records
    south = Council.objects.get(code="E07000902")
    assert (south.slug, south.governance, south.region, south.type) == (
        "south-vale",
        "committee",
        "North West",
        "district",
    )


def test_a_later_edition_ends_councils_and_names_their_successors(load):
    load(HEAD + NORTH + SOUTH + COUNTY)
    ended = (
        "North Vale District Council,North Vale,E07000901,district,,,,,2028-03-31,Replaced by Vale Council\n"
        "South Vale District Council,South Vale,E07000902,district,,,,,2028-03-31,Replaced by Vale Council\n"
        "Valeshire County Council,Valeshire,E10000901,county,,,,,2028-03-31,Replaced by Vale Council and East Valeshire Council\n"
        "Vale Council,Vale,E06000901,unitary,North West,,vale.example,2028-04-01,,\n"
        "East Valeshire Council,East Valeshire,E06000902,unitary,North West,,,2028-04-01,,\n"
    )

    told = load(HEAD + ended)

    assert "2\xa0councils added, 3 changed, 0 as they were, 4\xa0successions recorded." in told
    north = Council.objects.get(code="E07000901")
    assert (north.ends_on, north.region, north.website) == (dt.date(2028, 3, 31), "North West", "northvale.example")
    assert set(Succession.objects.values_list("predecessor__short_name", "successor__short_name")) == {
        ("North Vale", "Vale"),
        ("South Vale", "Vale"),
        ("Valeshire", "Vale"),
        ("Valeshire", "East Valeshire"),
    }
    assert "Nothing changed" in load(HEAD + ended)


def test_successors_may_have_a_column_of_their_own(load):
    text = (
        "name,code,type,end_date,successors\n"
        "North Vale District Council,E07000901,district,2028-03-31,E06000901\n"
        "Vale Council,E06000901,unitary,,\n"
    )

    load(text)

    assert Succession.objects.get().successor.name == "Vale Council"


def test_the_columns_of_the_ons_are_read(load):
    load(HEAD + NORTH + SOUTH)

    told = load(
        "\ufeffLAD24CD,LAD24NM,LAD24NMW,ObjectId\nE07000901,North Vale,,1\nE07000903,West Vale,,2\nS12000005,Glenvale,,3\nW06000901,Dyffryn,,4\n"
    )

    assert "1\xa0row of Scotland or Northern Ireland left out." in told
    assert "2\xa0councils added, 0 changed, 1 as they were" in told
    assert "1\xa0council in being not in this file, left as they are: South Vale District Council." in told
    assert Council.objects.get(code="E07000901").name == "North Vale District Council"
    assert Council.objects.get(code="W06000901").type == "unitary"
    assert Council.objects.get(code="E07000902").ends_on is None


def test_councils_an_edition_no_longer_names_end_on_the_day_given(load):
    load(HEAD + NORTH + SOUTH + COUNTY)

    load("LAD28CD,LAD28NM\nE07000901,North Vale\n", "--missing-ended-on", "2028-03-31")

    assert Council.objects.get(code="E07000902").ends_on == dt.date(2028, 3, 31)
    assert Council.objects.get(code="E10000901").ends_on is None  # a county: not of the kinds in that file
    assert Council.objects.count() == 3


def test_a_new_code_for_a_changed_boundary_keeps_the_council(load):
    load(HEAD + NORTH)

    load("LAD25CD,LAD25NM\nE07000951,North Vale\n")
    load("LAD24CD,LAD24NM\nE07000901,North Vale\n")

    assert [council.code for council in Council.objects.all()] == ["E07000951"]


def test_two_councils_of_one_name_have_two_addresses_and_the_one_in_being_the_plain(load):
    load(
        HEAD + "Vale County Council,Vale,E10000901,county,,,,,2023-03-31,Replaced by Vale Council\n"
        "Vale Council,Vale,E06000901,unitary,,,,2023-04-01,,\n"
    )

    assert dict(Council.objects.values_list("code", "slug")) == {
        "E06000901": "vale",
        "E10000901": "vale-county-council",
    }


def test_one_bad_row_loads_nothing_and_every_fault_has_its_row(load):
    text = (
        HEAD + NORTH + "Bad Code Council,Bad,X1,district,,,,,,\n"
        ",Nameless,E07000904,district,,,,,,\n"
        "Bad Type Council,Bad,E07000905,village,,,,,,\n"
        "Bad Day Council,Bad,E07000906,district,,,,31/03/2028,,\n"
        "Backwards Council,Back,E07000907,district,,,,2028-04-01,2028-03-31,\n"
        "Bad Model Council,Model,E07000908,district,,monarchy,,,,\n"
        "Twice Council,Twice,E07000901,district,,,,,,\n"
    )

    with pytest.raises(CommandError) as refused:
        load(text)

    assert str(refused.value).splitlines() == [
        "Nothing was loaded.",
        "Row 3: “X1” is not a code like E07000068.",
        "Row 4: the name is missing.",
        "Row 5: “village” is not a kind of council. Use county, district, unitary, metropolitan, london_borough, fire, combined_authority, parish, other.",
        "Row 6: start_date “31/03/2028” must be a real date, like 2025-03-31.",
        "Row 7: end_date is before start_date.",
        "Row 8: “monarchy” is not a governance model. Use leader_cabinet, committee or elected_mayor.",
        "Rows 2 and 9: the code E07000901 stands more than once.",
    ]
    assert not Council.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("name,town\nA,B\n", "Row 1: the column “code” is missing."),
        ("LAD24CD\nE07000001\n", "Row 1: the column “LAD24NM” is missing beside “LAD24CD”."),
        (HEAD, "The file has no rows."),
        ("name,code,type\nA,E07000001,district,extra\n", "Row 2: there are more cells than columns."),
    ],
)
def test_a_file_that_is_no_register_is_refused(text, words):
    with pytest.raises(UnreadableRegister) as refused:
        read_register(text)

    assert refused.value.faults[0].startswith(words)


def test_an_unknown_successor_in_its_own_column_loads_nothing(load):
    with pytest.raises(CommandError, match="Row 2: “E06000999”, named as a successor, is no council"):
        load(
            "name,code,type,end_date,successors\nNorth Vale District Council,E07000901,district,2028-03-31,E06000999\n"
        )

    assert not Council.objects.exists()


def test_a_dry_run_changes_nothing(load):
    told = load(HEAD + NORTH, "--dry-run")

    assert "1\xa0council would be added" in told
    assert not Council.objects.exists()


def test_a_file_that_is_not_text_is_refused(tmp_path, db):
    file = tmp_path / "councils.csv"
    file.write_bytes(b"\xff\xfe\x00\x01")

    with pytest.raises(CommandError, match="is not a CSV file in UTF-8"):
        call_command("load_councils", str(file))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_councils", str(tmp_path / "none.csv"))
