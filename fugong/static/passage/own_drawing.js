// A code as a picture, drawn on the phone itself.

import { encodeQR } from "../vendor/qr.js";

const QUIET = 4;
const SCALE = 6;

// Error correction L: a screen is not stained, and larger squares are read from further away.
export function draw(canvas, text) {
  const rows = encodeQR(text, "raw", { ecc: "low", encoding: "byte", border: QUIET });
  const side = rows.length * SCALE;
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = "#000";
  rows.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (isDark) pen.fillRect(x * SCALE, y * SCALE, SCALE, SCALE);
    }),
  );
}
