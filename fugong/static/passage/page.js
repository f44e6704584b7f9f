// Small things about the page that its screens share.

export const $ = (id) => document.getElementById(id);

// A button that runs `act`, with one press at a time.
export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

export function line(...parts) {
  const made = document.createElement("li");
  made.append(...parts);
  return made;
}

export function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

// Remembered on this phone.
export const remembered = {
  get: (name) => JSON.parse(localStorage.getItem(`fugong-gate-${name}`) ?? "null"),
  set: (name, value) => localStorage.setItem(`fugong-gate-${name}`, JSON.stringify(value)),
};
