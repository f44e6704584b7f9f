// Ticks of a roll stay on this phone for the time of the visit: a page loaded again loses none.
const roll = document.querySelector("[data-roll]");

if (roll) {
  const key = `fugong-roll-${roll.dataset.roll}`;
  const boxes = [...roll.querySelectorAll("input[type=checkbox]")];
  const done = roll.querySelector("[data-roll-done]");

  const read = () => {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
    } catch {
      return new Set();
    }
  };

  const count = () => {
    if (done) done.textContent = String(boxes.filter((box) => box.checked).length);
  };

  const ticked = read();
  for (const box of boxes) {
    box.checked = ticked.has(box.value);
    box.addEventListener("change", () => {
      ticked[box.checked ? "add" : "delete"](box.value);
      sessionStorage.setItem(key, JSON.stringify([...ticked]));
      count();
    });
  }
  count();
}
