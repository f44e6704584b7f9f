// What every page needs: menus that close, questions before acts, a line when the server takes over a second.
"use strict";

(() => {
  const body = document.body;
  const byId = (id) => document.getElementById(id);

  // Menus and filters are <details>: they work without this; here they close on Escape or a click elsewhere.
  const SHEETS = "details.menu[open], details.filter[open]";
  const closeSheets = (inside) => {
    document.querySelectorAll(SHEETS).forEach((sheet) => {
      if (!inside || !sheet.contains(inside)) sheet.open = false;
    });
  };
  document.addEventListener("click", (event) => closeSheets(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const sheet = event.target.closest(SHEETS);
    closeSheets(null);
    if (sheet) sheet.querySelector("summary").focus();
  });

  // Progress: shown only when something takes longer than a second.
  let waiting = 0;
  let timer = 0;
  const begin = () => {
    waiting += 1;
    if (waiting === 1) timer = setTimeout(() => { byId("progress").hidden = false; }, 1000);
  };
  const end = () => {
    waiting = Math.max(waiting - 1, 0);
    if (waiting > 0) return;
    clearTimeout(timer);
    byId("progress").hidden = true;
  };
  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", end);
  window.addEventListener("pageshow", () => {
    waiting = 0;
    end();
    document.querySelectorAll("[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
  });

  // A question before an act: data-confirm on a button, or hx-confirm. Both ask in the same dialog.
  const ask = (question, label, proceed) => {
    const dialog = byId("confirm");
    const yes = dialog.querySelector("button[value=yes]");
    byId("confirm-text").textContent = question;
    yes.textContent = label || yes.dataset.default;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") proceed(); }, { once: true });
    dialog.showModal();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (button && button.dataset.confirm && !button.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button.dataset.confirm, button.textContent.trim(), () => {
        button.dataset.confirmed = "yes";
        form.requestSubmit(button);
        delete button.dataset.confirmed;
      });
      return;
    }
    if (form.method === "dialog" || form.hasAttribute("hx-get") || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.hasAttribute("data-download")) return;
    form.dataset.sent = "yes";
    begin();
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, "", () => event.detail.issueRequest(true));
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) byId(opener.dataset.opens).showModal();
    if (event.target.closest("[data-print]")) window.print();
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
  });

  // An answer that refuses is shown where messages stand; a form that came back is shown in its own place.
  const say = (sentence) => {
    const note = document.createElement("div");
    note.className = "notice tone-bad";
    note.textContent = sentence;
    byId("messages").replaceChildren(note);
    byId("messages").scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = event.detail;
    if (detail.xhr.status < 400) return;
    if (detail.serverResponse.includes('id="refusal"')) {
      detail.shouldSwap = true;
      detail.target = byId("messages");
      detail.selectOverride = "#refusal";
      detail.swapOverride = "innerHTML show:top";
    } else if (detail.xhr.status === 422) {
      detail.shouldSwap = true;
      detail.isError = false;
    } else {
      blame(detail.elt, body.dataset.failed);
    }
  });
  // A form that keeps what was not answered says so itself.
  const blame = (element, sentence) => { if (!element.closest("[data-keeps-offline]")) say(sentence); };
  document.addEventListener("htmx:sendError", (event) => blame(event.detail.elt, body.dataset.offline));

  // A replaced table says its new summary to screen readers; a form that came back takes the focus to what is wrong.
  const settle = (root) => {
    const summary = root.querySelector("[data-summary]") || (root.matches("[data-summary]") ? root : null);
    if (summary) byId("live").textContent = summary.dataset.summary;
    const wrong = root.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  };
  document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();
