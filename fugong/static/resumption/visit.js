// Keeps on this phone what was typed during a visit, until the visit is recorded. Photos and signatures are not kept.
"use strict";

(() => {
  const form = document.querySelector("form[data-keeps]");
  if (!form) return;
  const key = form.dataset.keeps;
  const kept = (field) => field.name && !["hidden", "file"].includes(field.type);

  const remember = () => {
    const said = {};
    for (const field of form.elements) {
      if (!kept(field)) continue;
      if (field.type === "radio") {
        if (field.checked) said[field.name] = field.value;
      } else {
        said[field.name] = field.value;
      }
    }
    try {
      localStorage.setItem(key, JSON.stringify(said));
    } catch {
      // Storage full or forbidden: the form itself still holds everything.
    }
  };

  const recall = () => {
    let said = {};
    try {
      said = JSON.parse(localStorage.getItem(key) || "{}");
    } catch {
      return;
    }
    for (const field of form.elements) {
      if (!kept(field) || !(field.name in said)) continue;
      if (field.type === "radio") field.checked = field.value === said[field.name];
      else if (!field.value) field.value = said[field.name];
    }
  };

  recall();
  form.addEventListener("input", remember);
  form.addEventListener("change", remember);
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) localStorage.removeItem(key);
  });
})();
