/* Looks at a number while it is typed, on the phone itself: nothing is asked of the server, which could not
   answer without telling. The server checks the same again. */
(() => {
  const form = document.querySelector("form[data-wrong-check]");
  if (!form) return;
  const said = form.dataset;
  const plain = (text) => text.normalize("NFKC").replace(/[\s\-.]/g, "").toUpperCase();

  const isDay = (digits) => {
    const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date <= new Date();
  };
  const fits = (number) => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
    return "10X98765432"[sum % 11] === number[17];
  };
  const document_ = (text, done, input) => {
    const kind = input.closest("tr, form").querySelector('[name$="document_kind"]');
    if (kind && kind.value !== "resident_id") return "";
    const number = plain(text);
    if (number.length !== 18) return done && number.length !== 15 && number.length > 0 ? said.wrongLength : "";
    if (!/^\d{17}[\dX]$/.test(number)) return said.wrongCheck;
    if (!isDay(number.slice(6, 14))) return said.wrongDay;
    return fits(number) ? "" : said.wrongCheck;
  };
  const phone = (text, done) => (done && text && !/^\+?\d{7,20}$/.test(plain(text)) ? said.wrongPhone : "");
  const checks = { document: document_, phone };

  const tell = (input, done) => {
    const sentence = checks[input.dataset.check](input.value, done, input);
    let place = input.parentElement.querySelector("[data-told]");
    if (!place) {
      place = document.createElement("p");
      place.className = "field-error";
      place.dataset.told = "";
      place.setAttribute("role", "status");
      input.after(place);
    }
    place.textContent = sentence;
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  for (const input of form.querySelectorAll("[data-check]")) {
    input.addEventListener("input", () => tell(input, false));
    input.addEventListener("change", () => tell(input, true));
  }
  /* What the server said of a value is no longer true of another one. */
  form.addEventListener("input", (event) => {
    const place = document.getElementById(`${event.target.id}_error`);
    if (place) place.hidden = true;
  });
  /* On a slow network the button is pressed again: once is enough. */
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button.is-main");
    if (!button) return undefined;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    button.textContent = said.sending;
    window.setTimeout(() => delete form.dataset.sent, 15000);
  });
})();
