"""Looks are answered in their second, with what is there to see."""

from small_shop import look, staged


def test_a_text_without_a_tool_is_filled_from_the_truth():
    """A note about a failing api names the share, the lag, the role and the hour."""
    stage = staged()

    found = look(stage, "note", at=120)

    assert found.content == "errors 40.1 %, lag 60.5 s, primary, 14:02:00\n"
