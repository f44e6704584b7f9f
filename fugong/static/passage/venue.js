// Where the playbook asks for it and the person taps: the phone says once where it is. Refused, or not known in
// time, the tap goes off without it, and the answer says that it does not count.

const PATIENCE = 15000;
const form = document.querySelector("form[data-position]");

function positioned() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) resolve(null);
    else
      navigator.geolocation.getCurrentPosition(
        (found) => resolve(found.coords),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
      );
  });
}

function give(name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { submitter } = event;
  submitter.textContent = form.dataset.waiting;
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const here = await positioned();
  give("direction", submitter.value);
  if (here) for (const name of ["latitude", "longitude", "accuracy"]) give(name, here[name]);
  form.submit();
});
