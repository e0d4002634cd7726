import pandas as pd
import pytest
from publisher_files import NAMES, event, events, table

from casi.importers import ucdp
from casi.importers.base import ImportFault

OLD = {"clashes": table("clash border date_start date_end date_precision")}


def written(folder, changes=(), drop=()):
    """Write a data set in which nobody died, but for changed cells: row, column, value."""
    columns = [name for names in ucdp.TYPES.values() for name in names]
    rows = [{"country_cy": name, "year_cy": "2025", "version": "26.1"} for name in NAMES.values()]
    frame = pd.DataFrame(rows)
    for name in columns:
        for column in {name.format(estimate) for estimate in ucdp.ESTIMATES}:
            frame[column] = "" if "names" in column else "0"
    for row, column, value in changes:
        frame.loc[row, column] = value
    path = folder / "organizedviolencecy.csv"
    frame.drop(columns=list(drop)).to_csv(path, index=False)
    return path


def made(path):
    return ucdp.make([path], OLD).drafts[0]


def test_a_row_is_a_year_and_type_in_which_somebody_died(tmp_path):
    changes = [
        (1, "sb_interstate_dyad_names_cy", "A - B"),
        (1, "sb_interstate_deaths_best_cy", "3"),
        (1, "sb_interstate_deaths_high_cy", "5"),
        (2, "os_total_deaths_high_cy", "1"),
    ]
    draft = made(written(tmp_path, changes))
    assert draft.rows.to_numpy().tolist() == [
        ["KGZ", "2025", "state_based_interstate", "A - B", "0", "3", "5", "ucdp2026organized"],
        ["TJK", "2025", "one_sided", "", "0", "0", "1", "ucdp2026organized"],
    ]
    assert (draft.edition, draft.editions[0].extracted) == ("version 26.1", None)


def test_two_versions_never_mix(tmp_path):
    with pytest.raises(ImportFault, match=r"versions 26.1, 25.1 in one file"):
        made(written(tmp_path, [(4, "version", "25.1")]))
    path = written(tmp_path)
    with pytest.raises(ImportFault, match="two never mix"):
        ucdp.make([path, path], OLD)
    older = events(tmp_path, name="GEDEvent_v25_1.csv", last=2024)
    with pytest.raises(ImportFault, match=r"versions 25\.1 and 26\.1: two never mix"):
        ucdp.make([path, older], OLD)


def test_events_of_the_same_version_add_the_clashes_that_the_record_lacks(tmp_path):
    imported = ucdp.make([events(tmp_path, event()), written(tmp_path)], OLD)
    assert [draft.table for draft in imported.drafts] == ["conflict_deaths"]
    assert imported.remarks == ("clashes has no row of kgz-tjk, 2 March 2025, Village: 2 dead",)


def test_another_form_is_refused(tmp_path):
    with pytest.raises(ImportFault, match=r"no column 'ns_dyad_names_cy'$"):
        made(written(tmp_path, drop=["ns_dyad_names_cy"]))
    with pytest.raises(ImportFault, match=r"version 26.1 with figures to 2030"):
        made(written(tmp_path, [(0, "year_cy", "2030")]))
    with pytest.raises(ImportFault, match="no row of KAZ"):
        made(written(tmp_path, [(0, "country_cy", "Chad")]))
