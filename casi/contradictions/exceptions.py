"""Facts that a rule would refuse and that are true: rule, table, row and value, with the reason."""

from __future__ import annotations

SOVIET_REPUBLIC = "acted as a republic of the Soviet Union, months before independence"
END_BY_MONTH = "the data set has the first day, and the end by its month only"
ANOTHER_TREATY = "another treaty of that day between the same states, on another subject"
SIGNATORIES_NOT_NAMED = "an agreement of a body; the text read does not name its signatories"
AT_ITALY = "consultations beside the meeting of their states with Italy"
ONE_LATER_PAGE = "two announcements, and one page that shows it was held"
STAGED = "stages in several states; the location is that of the first one named"
NOT_ITEMISED = "the text read names the meeting, and not the states or their levels"
HYPERINFLATION = "the year of civil war and collapsing rouble; both editions have it so"
MARSHALL_CENTER = "held at the Marshall Center in Germany, which sent no participants"
WITH_A_COMPANY = "an agreement of the state with a company, which is of no state"

EXCEPTIONS: dict[tuple[str, str, str, str], str] = {
    ("state_existed", "treaty_actions", "friendship-kaz-kgz-1991 / KAZ / signed", "1991-02-18"): (
        SOVIET_REPUBLIC
    ),
    ("state_existed", "treaty_actions", "friendship-kaz-kgz-1991 / KGZ / signed", "1991-02-18"): (
        SOVIET_REPUBLIC
    ),
    ("state_existed", "treaties", "friendship-kaz-kgz-1991", "1991-02-18"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "ashgabat-1991 / KAZ", "KAZ"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "tashkent-1991 / KAZ", "KAZ"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "tashkent-1991 / KGZ", "KGZ"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "tashkent-1991 / TJK", "TJK"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "tashkent-1991 / TKM", "TKM"): SOVIET_REPUBLIC,
    ("state_existed", "participation", "tashkent-1991 / UZB", "UZB"): SOVIET_REPUBLIC,
    ("precision_fits", "exercises", "mme-1745", "1999-04-29"): END_BY_MONTH,
    ("precision_fits", "exercises", "mme-1846", "2000-02-28"): END_BY_MONTH,
    ("precision_fits", "exercises", "mme-2727", "2005-08-03"): END_BY_MONTH,
    ("precision_fits", "exercises", "regionalnaya-bezopasnost-2024", "2024-07-01"): (
        "planned for the second half of the year"
    ),
    ("lasts_too_long", "exercises", "solidarity-2019-2021", "2021-01-01"): (
        "a border operation in stages over three years, entered as one row"
    ),
    ("host_and_place_agree", "exercises", "peace-mission-2007", "RUS"): STAGED,
    ("host_and_place_agree", "exercises", "tsentr-2011", "RUS"): STAGED,
    ("host_and_place_agree", "exercises", "regional-cooperation-2013", "KAZ"): (
        "Kazakhstan was the host nation of an exercise planned at the Marshall Center in Germany"
    ),
    ("host_takes_part", "exercises", "regional-cooperation-2010", "DEU"): MARSHALL_CENTER,
    ("role_fits_host", "participation", "zapad-2025 / RUS", "host"): (
        "Belarus and Russia held it together, on the soil of both"
    ),
    ("outsider_in_own_format", "participation", "csto-heads-2006-06-23 / UZB", "UZB"): (
        "sat in the session that restored its membership, weeks before that took effect"
    ),
    ("power_takes_part", "meetings", "border-2024-riga", "c5_eu"): (
        "a conference of the EU's border programme, which its name leaves out"
    ),
    ("sources_speak_of_the_past", "exercises", "rubezh-2012", "2012-08-06"): ONE_LATER_PAGE,
    ("sources_speak_of_the_past", "exercises", "gurumsaray-2019", "2019-09-16"): ONE_LATER_PAGE,
    ("sources_speak_of_the_past", "exercises", "grom-2021", "2021-09-24"): ONE_LATER_PAGE,
    ("treaty_kind_fits", "treaties", "defence-kaz-tjk-1999", "defence-kaz-tjk-1999"): (
        ANOTHER_TREATY
    ),
    ("treaty_kind_fits", "treaties", "border-regime-kaz-kgz-2017", "border-regime-kaz-kgz-2017"): (
        ANOTHER_TREATY
    ),
    ("treaty_kind_fits", "treaties", "border-regime-kaz-tkm-2021", "border-regime-kaz-tkm-2021"): (
        ANOTHER_TREATY
    ),
    (
        "treaty_kind_fits",
        "treaties",
        "military-technical-aze-uzb-2022",
        "military-technical-aze-uzb-2022",
    ): (ANOTHER_TREATY),
    ("treaty_kind_fits", "treaties", "roads-kgz-tjk-2025", "roads-kgz-tjk-2025"): ANOTHER_TREATY,
    ("treaty_kind_fits", "treaties", "water-kgz-tjk-2025", "water-kgz-tjk-2025"): ANOTHER_TREATY,
    ("obligation_is_owed", "obligations", "cst-amendment-2010 / defence", "cst-amendment-2010"): (
        SIGNATORIES_NOT_NAMED
    ),
    (
        "obligation_is_owed",
        "obligations",
        "cst-amendment-2010 / consultation",
        "cst-amendment-2010",
    ): (SIGNATORIES_NOT_NAMED),
    (
        "obligation_is_owed",
        "obligations",
        "csto-military-aid-2007 / arms_supply",
        "csto-military-aid-2007",
    ): (SIGNATORIES_NOT_NAMED),
    (
        "obligation_is_owed",
        "obligations",
        "sco-antiterror-exercises-2008 / joint_exercises",
        "sco-antiterror-exercises-2008",
    ): (SIGNATORIES_NOT_NAMED),
    (
        "obligation_is_owed",
        "obligations",
        "sco-exercises-2007 / joint_exercises",
        "sco-exercises-2007",
    ): (SIGNATORIES_NOT_NAMED),
    (
        "host_takes_part",
        "meetings",
        "fm-2024-rome",
        "ITA",
    ): AT_ITALY,
    ("event_entered_twice", "meetings", "fm-2017-samarkand", "fm-2017-samarkand"): (
        "the ministers met by themselves on the day of their meeting with the EU"
    ),
    ("series_has_one_frame", "exercises", "mme-3406", "cis"): (
        "the data set has Interaction 2010 with more states than Kazakhstan and Russia"
    ),
    ("series_has_one_frame", "exercises", "tsentr-2011", "csto"): (
        "the Russian exercise of that year took in those of the CSTO"
    ),
    ("series_has_one_frame", "exercises", "gurumsaray-2019", "other"): (
        "officially a stage of the Russian exercise Tsentr-2019"
    ),
    ("figures_agree", "clash_figures", "181", "135.0"): (
        "relief bodies counted 135 wounded Tajik citizens, far above the official figure"
    ),
    ("figures_agree", "clash_figures", "214", "187.0"): (
        "those who sought help in hospitals later; the only other figure is an early one"
    ),
    ("figure_fits_event", "reported_figures", "172", "1100.0"): (
        "soldiers alone; the preferred figure adds the reservists"
    ),
    ("figure_fits_event", "reported_figures", "197", "650.0"): (
        "Russian servicemen in the part held in Tajikistan, not the whole"
    ),
    ("figure_fits_event", "reported_figures", "27", "10000.0"): (
        "about 10,000 with the security staff, in two independent reports"
    ),
    ("spending_is_smooth", "military_spending", "TJK / 1992", "0.0"): HYPERINFLATION,
    ("spending_is_smooth", "military_spending", "TJK / 1992", "1.04"): HYPERINFLATION,
    ("spending_is_smooth", "military_spending", "TJK / 1992", "41.06"): HYPERINFLATION,
    (
        "meetings_of_the_five_had_participants",
        "meetings",
        "ifas-2002-dushanbe",
        "ifas-2002-dushanbe",
    ): (NOT_ITEMISED),
    ("meetings_of_the_five_had_participants", "meetings", "fm-2022-dushanbe", "fm-2022-dushanbe"): (
        NOT_ITEMISED
    ),
    (
        "meetings_of_the_five_had_participants",
        "meetings",
        "emergency-2017-dushanbe",
        "emergency-2017-dushanbe",
    ): (NOT_ITEMISED),
    (
        "meetings_of_the_five_had_participants",
        "meetings",
        "emergency-2025-dushanbe",
        "emergency-2025-dushanbe",
    ): (NOT_ITEMISED),
    ("milestone_is_there_once", "milestones", "co-2024-12-20-kku", "KGZ"): WITH_A_COMPANY,
    ("milestone_is_there_once", "milestones", "wa-2004-10-rogun", "TJK"): WITH_A_COMPANY,
    ("member_is_no_guest", "participation", "cis-def-2004-05-21 / UZB", "observer"): (
        "sent representatives whom the text calls observers, not its minister"
    ),
}
