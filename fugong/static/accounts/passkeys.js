// Says in words what django-allauth's passkey scripts only log.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-failed]").forEach((notice) => { notice.hidden = false; });
});

document.addEventListener("DOMContentLoaded", () => {
  if (window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey-missing]").forEach((notice) => { notice.hidden = false; });
  document.querySelectorAll("[data-needs-passkey]").forEach((button) => { button.disabled = true; });
});
