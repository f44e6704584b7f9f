// A signature drawn on a canvas goes into the form as a PNG. Typing the full name is the equal way by keyboard.
"use strict";

(() => {
  const prepare = (block) => {
    block.classList.add("is-ready");
    const canvas = block.querySelector("canvas");
    const kept = block.querySelector("input[type=hidden]");
    const pen = canvas.getContext("2d");
    let drawing = false;

    const fit = () => {
      const box = canvas.getBoundingClientRect();
      if (box.width && !kept.value) canvas.height = Math.round(canvas.width * box.height / box.width);
    };
    const clear = () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      kept.value = "";
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [
        (event.clientX - box.left) * canvas.width / box.width,
        (event.clientY - box.top) * canvas.height / box.height,
      ];
    };
    canvas.addEventListener("pointerdown", (event) => {
      fit();
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      pen.lineWidth = 3;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = "#1f2a37";
      pen.beginPath();
      pen.moveTo(...place(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...place(event));
      pen.stroke();
    });
    const finish = () => {
      if (!drawing) return;
      drawing = false;
      kept.value = canvas.toDataURL("image/png");
    };
    canvas.addEventListener("pointerup", finish);
    canvas.addEventListener("pointercancel", finish);
    block.querySelector(".signature-clear").addEventListener("click", clear);
    block.closest("form").addEventListener("reset", clear);
  };

  const all = (root) => root.querySelectorAll("[data-signature]:not(.is-ready)").forEach(prepare);
  all(document);
  document.addEventListener("htmx:afterSettle", (event) => all(event.detail.elt));
})();
