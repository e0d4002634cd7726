from casi.book.pages.selection import matching


def test_pages_match_a_name_or_a_pattern_once_in_the_order_of_the_patterns():
    pages = {"index", "chapters/two", "chapters/one", "chapters/profiles", "chapters/profile_x"}
    assert matching(pages, ["chapters/profiles", "chapters/profile_*", "chapters/profile*"]) == [
        "chapters/profiles",
        "chapters/profile_x",
    ]
    assert matching(pages, ["chapters/*"])[:2] == ["chapters/one", "chapters/profile_x"]
    assert matching(pages, []) == matching(pages, ["profiles"]) == []
