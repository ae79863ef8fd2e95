"""Where a run stands: steps open one after the other, and time is counted but not invented."""

from hypothesis import given
from hypothesis import strategies as st

from courses import standing

STEPS = [{"key": name} for name in "abcde"]


@given(st.sets(st.sampled_from("abcdexyz")))
def test_one_step_is_next_and_what_lies_behind_it_is_locked(done):
    states = standing.states(STEPS, done)
    assert [state == "done" for state in states] == [step["key"] in done for step in STEPS]
    assert states.count("now") == (0 if set("abcde") <= done else 1)
    following = standing.next_step(STEPS, done)
    assert (following is None) == ("now" not in states)
    if following:
        place = STEPS.index(following)
        assert states[place] == "now"
        assert set(states[:place]) <= {"done"}
        assert set(states[place + 1 :]) <= {"done", "locked"}


@given(st.integers(min_value=-(10**6), max_value=10**6), st.integers(min_value=1, max_value=60))
def test_active_time_is_between_nothing_and_three_times_the_nominal(seconds, minutes):
    counted = standing.active_seconds(seconds, minutes)
    assert counted == min(max(seconds, 0), 180 * minutes)
