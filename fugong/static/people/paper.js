/* Typing a sheet by the keyboard: a row is sent when it is left. What is right leaves the table, what is not
   stays with its error; a row that could not be sent stays too, and is sent again when the network is back. */
(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  const body = form.querySelector("tbody");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const inputs = (row) => [...row.querySelectorAll("input, select")];
  const typed = (row) => inputs(row).map((input) => input.value).join("\n");
  const isEmpty = (row) => inputs(row).every((input) => input.tagName === "SELECT" || !input.value.trim());
  const sent = new WeakMap([...body.rows].map((row) => [row, typed(row)]));

  const tell = (row, problems) => {
    for (const place of row.querySelectorAll("[data-told]")) {
      const name = place.dataset.told;
      const sentence = name === "row" ? (problems[""] ?? "") : (problems[name] ?? "");
      place.textContent = sentence;
      const input = row.querySelector(`[name$="-${name}"]`);
      if (!input) continue;
      if (sentence) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    row.classList.add("is-waiting");
  };
  const count = () => {
    const place = document.getElementById("sheet-kept");
    place.dataset.number = Number(place.dataset.number) + 1;
    place.textContent = `${form.dataset.kept}: ${place.dataset.number}`;
  };
  const addRow = () => {
    const last = body.rows[body.rows.length - 1];
    const place = String(Number(last.dataset.place) + 1);
    const fresh = last.cloneNode(true);
    fresh.dataset.place = place;
    fresh.className = "";
    fresh.querySelector("th").firstChild.textContent = place;
    for (const input of inputs(fresh)) {
      input.name = input.name.replace(/^\d+/, place);
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, place));
      input.removeAttribute("aria-invalid");
      if (input.tagName === "INPUT") input.value = "";
    }
    for (const told of fresh.querySelectorAll("[data-told]")) told.textContent = "";
    body.append(fresh);
    sent.set(fresh, typed(fresh));
    return fresh;
  };
  const send = async (row) => {
    const now = typed(row);
    if (row.dataset.busy || isEmpty(row) || sent.get(row) === now) return;
    row.dataset.busy = "1";
    try {
      const data = new FormData();
      data.append("place", row.dataset.place);
      for (const input of inputs(row)) data.append(input.name, input.value);
      const answer = await fetch(row.dataset.url, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { kept, problems } = await answer.json();
      row.classList.remove("is-unsent");
      sent.set(row, now);
      if (kept) {
        if (body.rows.length === 1) addRow();
        row.remove();
        count();
      } else tell(row, problems);
    } catch {
      tell(row, { "": form.dataset.unsent });
      row.classList.add("is-unsent");
    } finally {
      delete row.dataset.busy;
    }
  };

  body.addEventListener("focusout", (event) => {
    const row = event.target.closest("tr");
    if (row && !row.contains(event.relatedTarget)) send(row);
  });
  body.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const next = row.nextElementSibling ?? addRow();
    inputs(next)[0].focus();
  });
  const again = () => [...body.querySelectorAll(".is-unsent")].forEach(send);
  window.addEventListener("online", again);
  window.setInterval(again, 10000);
  window.addEventListener("beforeunload", (event) => {
    if ([...body.rows].some((row) => !isEmpty(row) && sent.get(row) !== typed(row))) event.preventDefault();
  });
  form.addEventListener("submit", () => {
    for (const row of body.rows) sent.set(row, typed(row));
  });
})();
