"""Arms, spending and foreign troops: each rule on a table that breaks it and one that does not."""

import pandas as pd
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import arms

NUMBERS = ["order_year", "number_ordered", "number_delivered", "delivered_from", "delivered_to"]


def deal(key="kgz-rus-2018-mi-17", **changes):
    columns = (
        "deal recipient supplier order_year item description category number_ordered "
        "number_delivered delivered_from delivered_to condition tiv_millions"
    )
    row = (
        key,
        "KGZ",
        "RUS",
        2018,
        "Mi-17",
        "helicopter",
        "Aircraft",
        4,
        4,
        2019,
        2019,
        "new",
        12.0,
    )
    return table(columns, row).assign(**changes).astype(dict.fromkeys(NUMBERS, "Int64"))


def volume(tiv=12.0, year=2019, **changes):
    columns = "recipient supplier delivery_year category tiv_millions deals source"
    return table(columns, ("KGZ", "RUS", year, "Aircraft", tiv, 1, "x")).assign(**changes)


def report(key="kgz-rus-gift-2019", **changes):
    columns = "report recipient supplier item kind number date status"
    row = (key, "KGZ", "RUS", "Mi-8", "gift", 2, "2019-04-29", "confirmed")
    return table(columns, row).assign(**changes).astype({"number": "Int64"})


def site(key="rus-kant-kgz", **changes):
    columns = "presence host foreign_state place kind start end"
    row = (key, "KGZ", "RUS", "Kant", "air base", "2003-10-23", None)
    return table(columns, row).assign(**changes)


def spending(*shares, current=None, constant=None):
    columns = (
        "state year spending_gdp_percent spending_usd_current_millions spending_usd_2023_millions "
        "note"
    )
    rows = [
        ("KGZ", 2010 + n, share, (current or [100] * 9)[n], (constant or [120] * 9)[n], None)
        for n, share in enumerate(shares)
    ]
    return table(columns, *rows)


def given(**changes):
    tables = {
        "arms_deals": deal(),
        "arms_transfers": volume(),
        "arms_reports": report(),
        "foreign_presence": site(),
        "military_spending": spending(1.0),
        "states": table("iso3", ("KGZ",), ("RUS",), ("KAZ",)),
        "memberships": table("organisation state", ("csto", "KGZ"), ("csto", "RUS")),
    }
    return tables | changes


def test_arms_go_to_one_of_the_five_from_another_state():
    assert refused("arms_go_to_the_five", **given()) == set()
    assert refused("arms_go_to_the_five", **given(arms_deals=deal(recipient="AZE"))) == {
        ("arms_deals.recipient", 0)
    }
    spent = given(military_spending=spending(1.0).assign(state="AZE"))
    assert refused("arms_go_to_the_five", **spent) == {("military_spending.state", 0)}
    own = given(arms_reports=report(supplier="KGZ"), foreign_presence=site(foreign_state="KGZ"))
    assert refused("arms_go_to_the_five", **own) == {
        ("arms_reports.supplier", 0),
        ("foreign_presence.foreign_state", 0),
    }


def test_the_keys_hold_the_states_of_the_row():
    assert refused("keys_hold_the_states", **given()) == set()
    other = given(
        arms_deals=deal(supplier="CHN"),
        arms_reports=report(supplier="KAZ"),
        foreign_presence=site(host="TJK"),
    )
    assert refused("keys_hold_the_states", **other) == {
        ("arms_deals.supplier", 0),
        ("arms_reports.supplier", 0),
        ("foreign_presence.host", 0),
    }


def runs(**changes):
    rows = given(arms_deals=deal(**changes))
    return {column for column, _ in refused("deal_runs_forward", **rows)}


def test_a_deal_is_ordered_then_delivered_up_to_the_number_ordered():
    assert runs() == runs(number_ordered=None) == set()
    assert runs(delivered_from=2017) == {"arms_deals.delivered_from"}
    assert runs(delivered_to=2018) == {"arms_deals.delivered_to"}
    assert runs(number_delivered=5) == {"arms_deals.number_delivered"}
    assert runs(order_year=1991) == {"arms_deals.order_year", "arms_deals.delivered_to"}
    assert runs(delivered_to=2020) == {"arms_deals.delivered_to"}


def test_a_delivery_has_years_and_a_volume_and_nothing_delivered_has_none():
    assert runs(delivered_from=None) == {"arms_deals.delivered_from"}
    assert runs(number_delivered=0) == {
        "arms_deals.delivered_from",
        "arms_deals.delivered_to",
        "arms_deals.tiv_millions",
    }
    assert runs(number_delivered=0, delivered_from=None, delivered_to=None, tiv_millions=0) == set()


def plausible(*deals, **changes):
    return refused("deal_is_plausible", **given(arms_deals=together(*deals), **changes))


def test_one_kind_of_item_has_about_one_volume_a_piece():
    other = deal("kgz-rus-2020-mi-17", order_year=2020)
    assert plausible(deal(), other) == set()
    assert plausible(deal(), deal(order_year=2020, tiv_millions=120.0)) == {
        ("arms_deals.tiv_millions", 1)
    }


def test_no_single_piece_has_the_volume_of_a_fleet_and_of_three_the_median_counts():
    assert plausible(deal(tiv_millions=400.0)) == {("arms_deals.tiv_millions", 0)}
    years = [deal(order_year=year, tiv_millions=tiv) for year, tiv in enumerate((1.0, 12.0, 12.0))]
    assert plausible(*years) == {("arms_deals.tiv_millions", 0)}


def test_numbers_and_categories_are_those_of_the_field():
    assert plausible(deal(number_ordered=40_000)) == {("arms_deals.number_ordered", 0)}
    assert plausible(deal(), arms_reports=report(number=5000)) == {("arms_reports.number", 0)}
    assert plausible(deal(category="Planes")) == {("arms_deals.category", 0)}
    assert plausible(deal(), deal(order_year=2020), deal(order_year=2021, category="Ships")) == {
        ("arms_deals.category", 2)
    }


def test_a_deal_is_not_entered_twice():
    assert plausible(deal(), deal("again")) == {("arms_deals.deal", 1)}


def test_deals_add_up_to_the_volumes_delivered():
    both = {("arms_deals.tiv_millions", 0), ("arms_transfers.tiv_millions", 0)}
    assert refused("deals_add_up", **given()) == set()
    assert refused("deals_add_up", **given(arms_deals=deal(tiv_millions=13.0))) == both
    assert refused("deals_add_up", **given(arms_transfers=volume(13.0))) == both


def test_of_other_recipients_only_some_deals_are_in_the_table():
    tables = given(arms_deals=deal(recipient="KAZ"), arms_transfers=volume(50.0, recipient="KAZ"))
    assert refused("deals_add_up", **tables) == set()


def test_a_delivery_has_a_volume_in_its_year():
    assert refused("deals_add_up", **given(arms_transfers=volume(year=2020))) == {
        ("arms_deals.delivered_from", 0),
        ("arms_deals.delivered_to", 0),
    }


def test_a_year_has_as_many_deliveries_as_deals_ran_in_it():
    moved = {("arms_transfers.delivery_year", 0)}

    def found(**changes):
        return refused("deliveries_are_those_of_deals", **given(**changes))

    assert found() == found(arms_transfers=volume(recipient="KAZ", year=2020)) == set()
    assert found(arms_transfers=volume(year=2020)) == moved
    assert found(arms_transfers=volume(deals=2)) == moved
    assert found(arms_deals=deal(supplier="CHN")) == moved
    assert found(arms_deals=deal(delivered_to=2021), arms_transfers=volume(year=2020)) == set()


TOTALS = table("recipient tiv_millions", ("KGZ", 133.11))


def test_volumes_add_up_to_the_total_of_the_register():
    def found(total, **changes):
        rows = volume(total, **changes)
        return refused("volumes_are_those_of_the_register", arms_transfers=rows, totals=TOTALS)

    assert found(133.11) == found(500.0, recipient="AZE") == set()
    assert found(143.11) == {("arms_transfers.tiv_millions", 0)}
    assert found(133.11, deals=60) == {("arms_transfers.deals", 0)}


def test_what_is_denied_is_a_denial_and_stands_once():
    def found(*rows):
        return refused("report_status_fits_kind", arms_reports=together(*rows))

    assert found(report()) == found(report(kind="denial", status="denied")) == set()
    assert found(report(status="denied")) == {("arms_reports.status", 0)}
    assert found(report(kind="denial")) == {("arms_reports.status", 0)}
    assert found(report(), report("again")) == {("arms_reports.report", 1)}


def test_a_site_stands_once_and_troops_of_a_body_are_of_its_members():
    def found(*rows):
        return refused(
            "presence_is_in_one_place", **given(foreign_presence=pd.concat(rows, ignore_index=True))
        )

    assert found(site()) == found(site(kind="CSTO deployment")) == set()
    assert found(site(), site("again")) == {("foreign_presence.presence", 1)}
    assert found(site(kind="CSTO deployment", foreign_state="BEL")) == {
        ("foreign_presence.kind", 0)
    }
    long = site(kind="CSTO deployment", end=pd.Timestamp("2009-01-01"))
    assert found(long) == {("foreign_presence.end", 0)}


def jumps(*shares, **series):
    return refused("spending_is_smooth", military_spending=spending(*shares, **series))


def test_no_amount_jumps_tenfold_against_the_years_beside_it():
    assert jumps(1.0, 1.2, 1.1) == set()
    assert ("military_spending.spending_gdp_percent", 1) in jumps(1.0, 12.0, 1.1)
    assert ("military_spending.spending_gdp_percent", 1) in jumps(1.0, 0.0, 1.1)
    tenfold = jumps(1.0, 1.2, 1.1, current=[100, 1000, 100])
    assert ("military_spending.spending_usd_current_millions", 1) in tenfold
    assert ("military_spending.spending_usd_2023_millions", 2) in jumps(
        1.0, 1.2, 1.1, constant=[120, 120, 1200]
    )


def test_a_year_far_from_any_other_is_judged_by_its_share_alone():
    rows = spending(1.0, 2.4).assign(
        year=[2003, 2018],
        spending_usd_current_millions=[50, 1440],
        spending_usd_2023_millions=[40, 1750],
    )
    assert refused("spending_is_smooth", military_spending=rows) == set()
    rows.loc[1, "spending_gdp_percent"] = 24.0
    assert refused("spending_is_smooth", military_spending=rows) == {
        ("military_spending.spending_gdp_percent", 1)
    }


def test_a_note_that_there_is_no_figure_has_none():
    rows = spending(1.0).assign(note="no figure published")
    assert refused("spending_is_smooth", military_spending=rows) == {("military_spending.note", 0)}


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(arms) == []


def test_a_deal_takes_eight_years_to_its_delivery_and_eight_more_at_most():
    def late(**changes):
        rows = given(arms_deals=deal(**changes), arms_transfers=volume(year=2040))
        return {column for column, _ in refused("deal_runs_forward", **rows)}

    assert late(delivered_from=2026, delivered_to=2034) == set()
    assert late(delivered_from=2027, delivered_to=2027) == {"arms_deals.delivered_to"}
    assert late(delivered_from=2026, delivered_to=2035) == {"arms_deals.delivered_to"}
    assert late(order_year=1992, delivered_from=1993, delivered_to=1993) == set()


def test_one_piece_may_be_delivered_in_the_year_of_its_order():
    assert runs(number_ordered=1, number_delivered=1, delivered_from=2018) == set()
    assert runs(order_year=None) == set()
    nothing = {"number_delivered": None, "delivered_from": None, "delivered_to": None}
    assert runs(**nothing, tiv_millions=0.0) == set()
    assert runs(**nothing, tiv_millions=0.5) == {"arms_deals.tiv_millions"}


def test_a_volume_a_piece_is_up_to_four_times_another_and_sixty_at_most():
    tiv = {("arms_deals.tiv_millions", 1)}
    assert plausible(deal(), deal(order_year=2020, tiv_millions=48.0)) == set()
    assert plausible(deal(), deal(order_year=2020, tiv_millions=49.0)) == tiv
    three = [deal(order_year=year, tiv_millions=12.0) for year in (2018, 2020)]
    assert plausible(*three, deal(tiv_millions=3.0, order_year=2021)) == set()
    assert plausible(*three, deal(tiv_millions=2.9, order_year=2021)) == {
        ("arms_deals.tiv_millions", 2)
    }
    assert plausible(deal(number_delivered=1, tiv_millions=60.0)) == set()
    assert plausible(deal(number_delivered=1, tiv_millions=61.0)) == {
        ("arms_deals.tiv_millions", 0)
    }
    assert plausible(deal(number_delivered=0)) == set()  # no piece, no volume a piece


def test_a_thousand_items_are_the_most():
    assert plausible(deal(number_ordered=1000), arms_reports=report(number=1000)) == set()
    assert plausible(deal(number_ordered=1001), arms_reports=report(number=1001)) == {
        ("arms_deals.number_ordered", 0),
        ("arms_reports.number", 0),
    }


def test_sums_of_deals_and_volumes_differ_by_a_tenth_at_most():
    assert refused("deals_add_up", **given(arms_deals=deal(tiv_millions=12.1))) == set()
    assert refused("deals_add_up", **given(arms_transfers=volume(12.1))) == set()


def test_a_sum_without_its_other_side_is_reported_once():
    deals = together(deal(tiv_millions=0.4, supplier="CHN"), deal(tiv_millions=0.4, supplier="CHN"))
    tables = given(arms_deals=together(deal(), deals))
    assert refused("deals_add_up", **tables) == {("arms_deals.tiv_millions", 1)}
    volumes = together(volume(), volume(0.5, supplier="CHN"))
    assert refused("deals_add_up", **given(arms_transfers=volumes)) == {
        ("arms_transfers.tiv_millions", 1)
    }


def test_two_editions_in_one_table_are_refused():
    def found(*sources):
        rows = [volume(source=source) for source in sources]
        return refused("one_edition_a_table", arms_transfers=together(*rows))

    assert found("new", "new") == set()
    assert found("new", "old", "new") == {("arms_transfers.source", 1)}


def test_the_largest_row_of_a_wrong_total_is_named_and_25_deals_are_the_most():
    def found(*rows):
        rows = together(*rows)
        return refused("volumes_are_those_of_the_register", arms_transfers=rows, totals=TOTALS)

    assert found(volume(100.0), volume(34.0)) == {("arms_transfers.tiv_millions", 0)}
    assert found(volume(133.11, deals=25)) == set()
    assert found(volume(133.11, deals=26)) == {("arms_transfers.deals", 0)}


def test_troops_of_a_body_stay_for_sixty_days_and_in_a_member():
    def found(**changes):
        rows = site(kind="CSTO deployment", **changes)
        rows["end"] = pd.to_datetime(rows["end"])
        return refused("presence_is_in_one_place", **given(foreign_presence=rows))

    assert found(end="2003-12-22") == set()
    assert found(end="2003-12-23") == {("foreign_presence.end", 0)}
    assert found(host="TJK") == {("foreign_presence.kind", 0)}


def test_an_amount_is_three_and_a_half_times_the_one_beside_it_at_most():
    def found(factor):
        series = {"current": [100, 100 * factor, 100], "constant": [120, 120 * factor, 120]}
        return jumps(1.0, factor, 1.0, **series)

    columns = ["spending_gdp_percent", *(f"spending_usd_{of}_millions" for of in ("current", 2023))]
    assert found(3.5) == set()
    assert found(3.6) == {
        (f"military_spending.{name}", row) for name in columns for row in range(3)
    }


def test_gdp_and_prices_are_three_times_those_beside_them_at_most():
    assert jumps(3.0, 1.0, 3.0) == set()
    assert jumps(3.1, 1.0, 3.1) == {("military_spending.spending_gdp_percent", n) for n in range(3)}
    assert jumps(1.0, 1.0, 1.0, constant=[120, 360, 120]) == set()
    assert jumps(1.0, 1.0, 1.0, constant=[120, 372, 120]) == {
        ("military_spending.spending_usd_2023_millions", n) for n in range(3)
    }


def test_years_are_beside_each_other_up_to_three_years_apart():
    def found(year):
        rows = spending(1.0, 12.0, current=[None, None], constant=[None, None])
        rows = rows.assign(year=[2010, year])
        return refused("spending_is_smooth", military_spending=rows.infer_objects())

    assert found(2014) == set()
    share = "military_spending.spending_gdp_percent"
    assert found(2013) == {(share, 0), (share, 1)}


def test_no_state_spends_more_than_fifteen_per_cent():
    assert jumps(15.0) == set()
    assert jumps(16.0) == {("military_spending.spending_gdp_percent", 0)}


def test_a_note_of_no_figure_stands_with_none_of_the_figures():
    rows = spending(float("nan")).assign(note="no figure published")
    assert refused("spending_is_smooth", military_spending=rows) == {("military_spending.note", 0)}
    rows = rows.assign(spending_usd_2023_millions=float("nan"))
    assert refused("spending_is_smooth", military_spending=rows) == set()
