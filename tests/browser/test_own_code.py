"""The worker's own code on the phone: read from the picture of the page, as a gate's camera would."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from fugong.passage.rules.codes import Fault, LiveCode, fault_offline, fault_online, moment_of
from fugong.passage.rules.keys import secret_of
from fugong.passage.rules.masking import masked_name
from fugong.people.queries import Token
from tests.browser import owning
from tests.browser.people import People
from tests.browser.serving import MORNING, Site
from tests.browser.words import CHINESE, ENGLISH, Words

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
# As if the code had been issued two days ago: what the phone keeps says that it ends soon.
SHORTEN = """async (minute) => {
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("fugong-own-code", 1);
    asked.onsuccess = () => resolve(asked.result);
  });
  const people = database.transaction("people", "readwrite").objectStore("people");
  const [person] = await new Promise((resolve) => {
    const asked = people.getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  person.claim.validUntil = minute;
  await new Promise((resolve) => { people.put(person).onsuccess = resolve; });
  database.close();
}"""


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_code_is_made_anew_each_minute_and_without_a_network(people: People, language: str) -> None:
    """The browser's clock is years ahead of the server's: what counts is the server's."""
    says = Words(language)
    ((token, name),) = owning.phones_of(people.site, 1)
    page = owning.phone(people, token, language=language)
    page.clock.install()
    page.goto("/me/")
    page.get_by_role("link", name=says("Show my code")).click()
    expect(page.get_by_text(masked_name(name), exact=True)).to_be_visible()
    expect(page.locator("#code[data-kept]")).to_be_attached()
    first = _taken(page, token, people.site)
    assert abs(moment_of(first.minute) - datetime.fromisoformat(MORNING)) < timedelta(minutes=10)
    _fits(page)

    page.context.set_offline(True)
    page.reload()
    page.clock.fast_forward(3 * 60_000)
    expect(page.locator(f"canvas[data-minute='{first.minute + 3}']")).to_be_visible()
    later = _taken(page, token, people.site)
    assert later.claim == first.claim
    assert _faults(first, token, people.site, at=moment_of(later.minute)) == (Fault.OLD, Fault.OLD)
    expect(page.get_by_text(says("As of {time}; no network now").split("{time}")[1])).to_be_visible()
    _fits(page)
    people.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_code_that_has_ended_is_not_shown_and_comes_back_with_the_network(people: People) -> None:
    says = Words(CHINESE)
    ((token, _name),) = owning.phones_of(people.site, 1)
    page = owning.phone(people, token)
    page.clock.install()
    page.goto("/me/code/")
    expect(page.locator("#code[data-kept]")).to_be_attached()
    first = _taken(page, token, people.site)
    page.context.set_offline(True)
    page.clock.fast_forward(3 * 24 * 3_600_000)
    expect(
        page.get_by_text(says("This code has ended. Connect to the network once; a new one is made at once."))
    ).to_be_visible()
    expect(page.locator("canvas")).to_be_hidden()
    people.forgive("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(False)
    page.clock.run_for(3_000)
    expect(page.locator("canvas")).to_be_visible()
    assert _taken(page, token, people.site).claim.person == first.claim.person


def test_two_people_on_one_phone_have_a_code_each_and_one_who_ended_it_has_none(people: People) -> None:
    (mine, my_name), (hers, her_name) = owning.phones_of(people.site, 2)
    page = owning.phone(people, mine, hers)
    page.goto("/me/code/")
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    one = _taken(page, mine, people.site)
    tabs.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-name]")).to_have_text(masked_name(her_name))
    other = _taken(page, mine, people.site)
    assert one.claim.person != other.claim.person
    owning.end_phone(people.site, hers)
    page.reload()
    expect(page.locator("[data-name]")).to_have_text(masked_name(my_name))
    expect(tabs).to_have_count(0)
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 1


def test_a_browser_without_ed25519_makes_the_same_codes(people: People) -> None:
    ((token, _name),) = owning.phones_of(people.site, 1)
    page = owning.phone(people, token)
    page.add_init_script(
        "const make = crypto.subtle.generateKey.bind(crypto.subtle);"
        "crypto.subtle.generateKey = (name, ...more) => name === 'Ed25519'"
        " ? Promise.reject(new DOMException('unknown', 'NotSupportedError')) : make(name, ...more);"
    )
    page.goto("/me/code/")
    _taken(page, token, people.site)


def _taken(page: Page, token: Token, site: Site) -> LiveCode:
    """What the picture says is good at its minute, with and without a network."""
    expect(page.locator("canvas[data-minute]")).to_be_visible()
    page.wait_for_timeout(200)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    (found,) = zxingcpp.read_barcodes(shot)
    code = LiveCode.parse(found.text)
    assert code is not None
    assert _faults(code, token, site, at=moment_of(code.minute)) == (None, None)
    return code


def _faults(code: LiveCode, token: Token, site: Site, *, at: datetime) -> tuple[Fault | None, Fault | None]:
    number = code.claim.key_id
    private = owning.signing_key(site, token, number)
    online = fault_online(code, {number: secret_of(private)}, at)
    return online, fault_offline(code, {number: private.public_key().public_bytes_raw()}, at)


def _fits(page: Page) -> None:
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown


def test_a_code_with_less_than_a_day_left_is_renewed_at_the_next_contact(people: People) -> None:
    ((token, _name),) = owning.phones_of(people.site, 1)
    page = owning.phone(people, token)
    page.goto("/me/code/")
    first = _taken(page, token, people.site)
    page.evaluate(SHORTEN, first.minute + 23 * 60)
    page.reload()
    page.wait_for_timeout(3_000)
    renewed = _taken(page, token, people.site)
    assert renewed.claim.device != first.claim.device
    assert renewed.claim.valid_until >= first.claim.valid_until
