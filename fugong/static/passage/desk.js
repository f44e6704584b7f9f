// The desk: signs of plates beside the keyboard, people by a stepper, a line for each, the next car at once.

function stepper(people, show) {
  const step = (by, label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = label;
    button.addEventListener("click", () => {
      const most = Number(people.max) || 100;
      people.value = String(Math.min(most, Math.max(1, (Number(people.value) || 1) + by)));
      show();
    });
    return button;
  };
  const row = document.createElement("div");
  row.className = "has-stepper";
  people.replaceWith(row);
  row.append(step(-1, "−"), people, step(1, "+"));
  people.addEventListener("input", show);
}

function ready(form) {
  const { plate, people } = form.elements;
  form.querySelector("[data-desk-signs]").addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    const at = plate.selectionStart ?? plate.value.length;
    plate.setRangeText(event.target.textContent, at, plate.selectionEnd ?? at, "end");
    plate.focus();
  });
  const lines = [...form.querySelectorAll(".desk-line")];
  const show = () => {
    const number = Math.max(1, Number(people.value) || 1);
    lines.forEach((line, place) => {
      const isFilled = [...line.querySelectorAll("input")].some((input) => input.value);
      line.hidden = place >= number && !isFilled;
    });
  };
  stepper(people, show);
  show();
  plate.focus();
}

const find = () => document.querySelector("form.desk");
if (find()) {
  ready(find());
  document.addEventListener("htmx:afterSwap", () => {
    if (find() && !find().querySelector(".has-stepper")) ready(find());
  });
}
