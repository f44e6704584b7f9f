// What the page says, in the language chosen on this phone; all languages came with the page.

const KEY = "fugong-gate-language";
const told = (id) => JSON.parse(document.getElementById(id).textContent);

export const facts = told("facts");
const words = told("words");
let language = localStorage.getItem(KEY) ?? facts.language;
if (!words[language]) language = Object.keys(words)[0];

export function say(name, values = {}) {
  return words[language][name].replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
}

export const sayAnswer = (answer) => words[language].answers[answer] ?? "";

// What, and what to do.
export const sayReason = (reason) => words[language].reasons[reason] ?? ["", ""];

// A playbook's own words come in Chinese and English.
export const pick = (texts) => texts?.[language.slice(0, 2)] ?? Object.values(texts ?? {})[0] ?? "";

export const timeOf = (seconds) =>
  new Date(seconds * 1000).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });

export function sayAll() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(element.dataset.say);
  }
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.placeholder = say(element.dataset.hint);
  }
}

export function offerLanguages(select, changed) {
  for (const [code, { language: label }] of Object.entries(words)) select.add(new Option(label, code));
  select.value = language;
  select.addEventListener("change", () => {
    language = select.value;
    localStorage.setItem(KEY, language);
    sayAll();
    changed();
  });
}
