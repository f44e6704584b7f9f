"""Routes end, every step of them is reached, and every clock calls somebody when it runs out."""

from collections.abc import Iterator

from fugong.playbooks.choices import RouteMode
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.routes import Clock, Route


def check_routes(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    for id_, route in policy.routes.items():
        path: KeyPath = ("routes", id_)
        yield from _next_exists(path, route)
        yield from _no_cycle(path, route)
        yield from _levels_rise(path, route)
        if not route.steps and route.mode is RouteMode.APPROVAL:
            yield Problem(
                (*path, "steps"), "an approval needs at least one step", f"add [routes.{id_}.steps.…]"
            )
        if route.visit_checks and route.steps and not any(step.visit for step in route.steps.values()):
            yield Problem(
                (*path, "visit_checks"),
                "has checks for a visit that no step makes",
                "write visit = true in the step that makes it",
            )
    yield from _no_route_is_hidden(policy, unread)


def _next_exists(path: KeyPath, route: Route) -> Iterator[Problem]:
    for id_, step in route.steps.items():
        for index, following in enumerate(step.next):
            if following not in route.steps:
                yield Problem(
                    (*path, "steps", id_, "next", index),
                    f"“{following}” is not a step of this route",
                    f"name one of: {', '.join(route.steps)}",
                )


def _no_cycle(path: KeyPath, route: Route) -> Iterator[Problem]:
    """Steps that are never open are on a cycle or behind one: nobody could ever give that opinion."""
    done: set[str] = set()
    while opened := [step.id for step in route.steps_open_after(done)]:
        done.update(opened)
    for id_ in (step for step in route.steps if step not in done):
        if _leads_back(route, id_):
            message, remedy = "is on a cycle: it waits for itself", "let “next” lead onwards only"
        else:
            message, remedy = "is never reached: it waits for a cycle", "correct the cycle before it"
        yield Problem((*path, "steps", id_, "next"), f"step “{id_}” {message}", remedy)


def _leads_back(route: Route, start: str) -> bool:
    seen: set[str] = set()
    ahead = list(route.steps[start].next)
    while ahead:
        step = ahead.pop()
        if step == start:
            return True
        if step in route.steps and step not in seen:
            seen.add(step)
            ahead.extend(route.steps[step].next)
    return False


def _levels_rise(path: KeyPath, route: Route) -> Iterator[Problem]:
    for id_, step in route.steps.items():
        for index, following in enumerate(step.next):
            if following in route.steps and route.steps[following].level < step.level:
                yield Problem(
                    (*path, "steps", id_, "next", index),
                    f"leads from level {step.level} down to level {route.steps[following].level}",
                    "let the levels rise along the route",
                )


def _no_route_is_hidden(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    """A route for everybody takes all applicants: one written after it is never entered."""
    for_all: str | None = None
    for id_, route in policy.routes.items():
        if for_all is not None:
            yield Problem(
                ("routes", id_),
                f"is never reached: “{for_all}” before it has no condition and takes every applicant",
                "write it before that route, or give that route a condition",
            )
        elif _takes_everybody(route) and ("routes", id_, "when") not in unread:
            for_all = id_


def _takes_everybody(route: Route) -> bool:
    return not (route.when or route.regimes or route.in_force_from or route.in_force_to or route.closed)


def check_clocks(policy: Policy) -> Iterator[Problem]:
    for id_, clock in policy.clocks.items():
        path: KeyPath = ("clocks", id_)
        if len(_periods(clock)) != 1:
            yield Problem(
                path, "must have exactly one of working_days, days, hours", "write the period in one unit"
            )
        if not clock.escalation:
            yield Problem(
                (*path, "escalation"),
                "the clock runs out and calls nobody",
                f'add [[clocks.{id_}.escalation]] with to = "a body or role"',
            )
        if clock.hours is not None and clock.closes_at is not None:
            yield Problem((*path, "closes_at"), "a clock in hours has no closing hour", "remove closes_at")


def _periods(clock: Clock) -> list[int]:
    return [period for period in (clock.working_days, clock.days, clock.hours) if period is not None]
