"""What the app at a gate says, by the short names its scripts use: answers, and each reason as what and what
to do."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.passage.choices import Answer, Reason

DUTY_OFFICER: Final = _("Keep the person at the gate and call the duty officer.")
ANSWERS: Final[dict[Answer, Promise]] = {
    Answer.ALLOW: _p("gate", "Pass"),
    Answer.ASK: _p("gate", "Check"),
    Answer.STOP: _p("gate", "Stop"),
}
REASONS: Final[dict[Reason, tuple[Promise | str, Promise | str]]] = {
    Reason.FREE: ("", ""),
    Reason.UNKNOWN_CODE: (
        _("This code is of another authority."),
        _("Look at the document and register the person by hand."),
    ),
    Reason.MALFORMED: (
        _("This is not a health code."),
        _("Ask for the health code on the person's own page."),
    ),
    Reason.FORGED: (_("This code has been altered."), DUTY_OFFICER),
    Reason.EXPIRED: (
        _("This code has run out."),
        _("Let the phone fetch a new one with a network; a card is renewed at the office."),
    ),
    Reason.OLD: (
        _("This code is some minutes old: it may be a picture."),
        _("Ask for the code to be opened on the phone itself."),
    ),
    Reason.EARLY: (
        _("This code is not good yet."),
        _("Compare the time of the phone with that of this one, or the day on the paper."),
    ),
    Reason.REVOKED: (_("This code was withdrawn: its phone or card is lost."), DUTY_OFFICER),
    Reason.NO_FILE: (
        _("Nothing is on record of this person here."),
        _("Look at the document and register the person by hand."),
    ),
    Reason.LEVEL: (
        _("The level of this person does not allow it."),
        _("Call the duty officer. The reason stands on the person's own page."),
    ),
    Reason.LEVEL_UNKNOWN: (
        _("The level of this person cannot be told at present."),
        _("Scan again with a network, or ask the duty officer."),
    ),
    Reason.FEVER: (
        _("The temperature is at the limit or above."),
        _("Lead the person to the waiting place and report it at once."),
    ),
    Reason.OTHER_ENTERPRISE: (
        _("This person works at another enterprise."),
        _("Let the host confirm, or register a visit."),
    ),
    Reason.CREW_HOURS: (
        _("This is not within the hours of the person's shift."),
        _("Ask the leader of the crew."),
    ),
    Reason.WINDOW: (_("The visit is not for now, or visitors are to be checked."), _("Call the host.")),
    Reason.NO_PASS: (
        _("The vehicle has no pass for now, or vehicles are to be checked."),
        _("Look at the papers and register vehicle and driver."),
    ),
    Reason.GATE_CLOSED: (_("This gate is closed."), _("Send everybody to another gate.")),
    Reason.NO_TEST: (_("No test on record is recent enough."), _("Send the person to the test first.")),
    Reason.NOT_IN_LOOP: (
        _("This person is not a member of the closed loop."),
        _("Let nobody else in; call whoever leads the loop."),
    ),
    Reason.NOT_ON_THE_SPOT: (
        _("It is not shown that the person is here."),
        _("Let the code be scanned again in front of you."),
    ),
    Reason.USED_ELSEWHERE: (
        _("The code was used at another gate a moment ago."),
        _("Look at the document; call the duty officer if it is another person."),
    ),
}
SAID: Final[dict[str, Promise]] = {
    "title": _p("gate", "Gate"),
    "pair": _("Pair this phone"),
    "pair_how": _(
        "The office makes a code for this phone. Scan it, or type its 8 characters. It is good once."
    ),
    "pair_code": _("Code for pairing"),
    "pair_do": _p("gate", "Pair"),
    "pair_refused": _("This code is not good (any more). Ask the office for a new one."),
    "pair_away": _("The server cannot be reached. Try again with a network."),
    "unknown": _("This phone is not known any more. Pair it again; what is kept on it is sent then."),
    "choose": _("Gate and direction"),
    "gate": _p("gate", "Gate"),
    "direction": _p("gate", "Direction"),
    "in": _p("gate", "In"),
    "out": _p("gate", "Out"),
    "measure": _("Ask for the temperature of each person"),
    "begin": _p("gate", "Begin"),
    "change": _p("gate", "Change"),
    "online": _p("gate", "Online"),
    "offline": _("No network: decided on this phone"),
    "kept": _("Kept on this phone: {count}"),
    "all_sent": _("All is with the server"),
    "inside": _("Inside: {count}"),
    "ready_to_scan": _("Show the code to the camera."),
    "no_camera": _("The camera cannot be used. Allow it in the browser, or type the number."),
    "starting": _("The camera starts."),
    "light": _p("gate", "Light"),
    "by_server": _("Answered by the server"),
    "by_phone": _("Answered by this phone"),
    "forced": _("Went through all the same"),
    "forced_done": _("Recorded: went through all the same."),
    "forced_sure": _("Record that this person went through against the answer?"),
    "yes": _p("gate", "Record"),
    "cancel": _p("gate", "Cancel"),
    "why": _("Why? For the person"),
    "why_how": _("The person scans this with the own phone: the reason and the way to object are there."),
    "close": _p("gate", "Close"),
    "by_hand": _("By number"),
    "number": _("Number of the document, plate or code"),
    "look_up": _p("gate", "Look up"),
    "temperature": _("Temperature"),
    "without": _("Without temperature"),
    "set": _p("gate", "Set"),
    "wrong_temperature": _("A temperature is from 30.0 to 45.0."),
    "conflicts": _("To look at: {count}"),
    "list": _("Kept and to look at"),
    "list_none": _("There is nothing to look at."),
    "list_how": _(
        "The server would have answered otherwise, or cannot take the scan. Report it, then put it away."
    ),
    "phone_said": _("This phone: {answer}"),
    "server_said": _("Server: {answer}"),
    "put_away": _p("gate", "Put away"),
    "check": _("Before the shift"),
    "check_good": _("Ready offline"),
    "check_bad": _("Not ready offline"),
    "check_keys": _("Keys: {count}"),
    "check_levels": _("Levels: {count}"),
    "check_revoked": _("Codes withdrawn: {count}"),
    "check_time": _("As of {time}, good until {until}"),
    "check_none": _("Nothing is known yet. Fetch it with a network."),
    "check_clock": _("Clock of this phone: {seconds} s off, corrected"),
    "check_clock_good": _("Clock of this phone: right"),
    "check_camera": _("Camera and reader: ready"),
    "check_camera_bad": _("Camera: not usable"),
    "check_app": _("App: kept on this phone"),
    "check_app_bad": _("App: not kept yet; open it once more with a network"),
    "check_again": _("Check again"),
    "back": _p("gate", "Back"),
    "insecure": _("Open this page by HTTPS: a browser gives its camera to no other."),
    "error": _("Something went wrong on this phone: {message}"),
}


def words() -> dict[str, Any]:
    """By language, as plain text."""
    return {code: _in(code) for code, _label in settings.LANGUAGES}


def _in(language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "answers": {str(int(answer)): str(word) for answer, word in ANSWERS.items()},
            "reasons": {str(int(reason)): [str(what), str(do)] for reason, (what, do) in REASONS.items()},
            "language": str(translation.get_language_info(language)["name_local"]),
            **{name: str(text) for name, text in SAID.items()},
        }
