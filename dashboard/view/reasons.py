"""Which keys can do nothing at the moment, and why, in words."""

from dashboard.view.frame import Frame


def reasons(frame: Frame) -> dict[str, str]:
    """Return, for every action that can do nothing now, the sentence that says why."""
    out: dict[str, str] = {}
    if len(frame.night.elections) <= 1:
        out["next_election"] = "This night has no other election."
    if len(frame.night.baselines) <= 1:
        out["baseline"] = "This night has no other baseline."
    if frame.live:
        out |= dict.fromkeys(("speed(1)", "speed(-1)", "speed(0)"), "A live night goes at its own pace.")
    if not frame.night.quotes:
        out["quotes"] = "Nobody has been quoted yet."
    return out
