// Shows what was chosen before it is sent: a small picture, the name, the size. Without this the plain input works.
"use strict";

(() => {
  const THUMBNAIL = 320;

  const size = (bytes) => bytes < 1048576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;

  const thumbnail = async (file, item) => {
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, THUMBNAIL / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      item.prepend(canvas);
    } catch {
      // Not a picture this browser can read: the name and the size say enough, and the server looks closer.
    }
  };

  const show = (block, input) => {
    const limit = Number(block.dataset.maxBytes || 0);
    const list = block.querySelector(".upload-list");
    list.replaceChildren();
    let refused = "";
    for (const file of input.files) {
      const item = document.createElement("li");
      item.append(`${file.name} (${size(file.size)})`);
      if (limit && file.size > limit) {
        refused = `${block.dataset.tooLarge} ${file.name} (${size(file.size)} > ${size(limit)})`;
        item.className = "is-refused";
      } else if (file.type.startsWith("image/")) {
        thumbnail(file, item);
      }
      list.append(item);
    }
    input.setCustomValidity(refused);
    if (refused) input.reportValidity();
  };

  const prepare = (block) => {
    const input = block.querySelector("input[type=file]");
    block.classList.add("is-ready");
    input.addEventListener("change", () => show(block, input));
    const drop = block.querySelector(".upload-drop");
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      block.classList.add("is-over");
    });
    drop.addEventListener("dragleave", () => block.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      block.classList.remove("is-over");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  const all = (root) => root.querySelectorAll("[data-upload]:not(.is-ready)").forEach(prepare);
  all(document);
  document.addEventListener("htmx:afterSettle", (event) => all(event.detail.elt));
})();
