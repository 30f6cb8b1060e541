"""What came of a release or change: begun, taken back, live.

Taken back (at least once): by its status, by a window's outcome, or by what is told under `rollback`. Live: it went live
and stayed, so that it was not taken back for good. For good is: the status `rolled-back`; the last window that was deployed
or rolled back was rolled back, or the rollback was decided after its end; and, where no window says what came of it, a
rollback that is told of what was closed after a single attempt.
"""

from records import day, has_clock, moment

DECIDED = ("deployed", "rolled-back")


def attempts(plan):
    """The windows that were or will be tried."""
    return [window for window in plan.windows if window.get("outcome") not in ("postponed", "cancelled")]


def told_rollback(plan):
    """What is told under `rollback`; a map without a value tells nothing."""
    return {key: value for key, value in (plan.get("rollback") or {}).items() if value}


def was_taken_back(plan):
    outcomes = [window.get("outcome") for window in plan.windows]
    return bool(plan.status == "rolled-back" or "rolled-back" in outcomes or told_rollback(plan))


def is_back_for_good(plan, zone):
    back = told_rollback(plan)
    decided = [window for window in plan.windows if window.get("outcome") in DECIDED]
    if plan.status == "rolled-back":
        return True
    if not decided:
        return bool(back) and plan.status != "deployed" and len(attempts(plan)) <= 1
    last = decided[-1]
    if last.get("outcome") == "rolled-back" or not has_clock(back.get("at")):
        return last.get("outcome") == "rolled-back"
    end = moment(last.get("actual_end") or last["end"], last.get("time_zone") or zone, ends=True)
    return moment(back["at"], zone) > end


def is_live(plan, zone):
    decided = [window.get("outcome") for window in plan.windows if window.get("outcome") in DECIDED]
    went = plan.status in ("deployed", "closed") or plan.status is None and decided[-1:] == ["deployed"]
    return went and not is_back_for_good(plan, zone)


def planned_day(plan):
    """The planned date, by default the day on which the first window starts."""
    if plan.get("planned_date"):
        return day(plan.get("planned_date"))
    return day(plan.windows[0].get("start")) if plan.windows else None


def day_live(plan):
    """The day of the last attempt, which for what was taken back and tried again is not the planned date."""
    tried = attempts(plan)
    return day(tried[-1].get("actual_start") or tried[-1].get("start")) if tried else planned_day(plan)
