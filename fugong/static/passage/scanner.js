// Reads what is shown to the camera, and what a hardware scanner types.

import { LIVE } from "./codes.js";
import { PRINTED } from "./printed.js";

const EACH = 90;
// Milliseconds a code must be out of sight before it counts as shown anew.
const GONE = 2500;
// Wider pictures cost a cheap phone time, and a code of version 12 is read from this.
const WIDTH = 800;
// Milliseconds between two characters: outside of a field nobody else types, and a slow phone may stumble.
const KEY_GAP = 500;
// With these letters begins one of our codes: what follows belongs to it, however busy the phone is.
const BEGUN = "FG";
const BEGUN_GAP = 3000;
const LEAST_TYPED = 6;

export class NoCamera extends Error {}

// What turns a picture into the text of a QR code, or "". `wasmUrl` is fetched only where it is needed.
export async function makeReader(wasmUrl) {
  return (await browserReader()) ?? wasmReader(wasmUrl);
}

async function browserReader() {
  if (!("BarcodeDetector" in globalThis)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (canvas) => chosen((await detector.detect(canvas)).map((each) => each.rawValue));
}

export async function wasmReader(wasmUrl) {
  const { prepareZXingModule, readBarcodes } = await import("../vendor/zxing/reader/index.js");
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  const options = { formats: ["QRCode"], maxNumberOfSymbols: 4 };
  return async (canvas, context) => {
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    return chosen((await readBarcodes(picture, options)).map((each) => each.text));
  };
}

// A poster on the wall behind is no reason to miss the code in front of it.
const chosen = (texts) => texts.find((text) => text.startsWith(LIVE) || text.startsWith(PRINTED)) ?? texts[0] ?? "";

export class Camera {
  #video;
  #onText;
  #reader;
  #canvas = document.createElement("canvas");
  #timer = 0;
  #text = "";
  #seenAt = -Infinity;

  constructor(video, reader, onText) {
    this.#video = video;
    this.#reader = reader;
    this.#onText = onText;
  }

  get isOn() {
    return Boolean(this.#video.srcObject);
  }

  // Raises NoCamera with the browser's name of the reason.
  async start() {
    try {
      this.#video.srcObject = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (error) {
      throw new NoCamera(error.name);
    }
    await this.#video.play();
    this.#look();
  }

  stop() {
    clearTimeout(this.#timer);
    for (const track of this.#video.srcObject?.getTracks() ?? []) track.stop();
    this.#video.srcObject = null;
  }

  get hasTorch() {
    return Boolean(this.#track?.getCapabilities?.().torch);
  }

  async light(isOn) {
    await this.#track?.applyConstraints({ advanced: [{ torch: isOn }] });
  }

  get #track() {
    return this.#video.srcObject?.getVideoTracks()[0];
  }

  async #look() {
    try {
      if (!document.hidden && this.#video.videoWidth) this.#tell(await this.#read());
    } catch (error) {
      console.warn("a picture could not be read", error);
    }
    if (this.isOn) this.#timer = setTimeout(() => this.#look(), EACH);
  }

  #read() {
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, WIDTH / videoWidth);
    this.#canvas.width = Math.round(videoWidth * scale);
    this.#canvas.height = Math.round(videoHeight * scale);
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
    return this.#reader(this.#canvas, context);
  }

  // Once for each time a code is shown, however long it is held before the camera.
  #tell(text) {
    if (!text) return;
    const now = performance.now();
    const isNew = text !== this.#text || now - this.#seenAt > GONE;
    this.#text = text;
    this.#seenAt = now;
    if (isNew) this.#onText(text);
  }
}

// Hardware scanners are keyboards: quick keys, ended by Enter. What is typed into a field is left alone.
export class TypingScanner {
  #onText;
  #typed = "";
  #lastAt = 0;

  constructor(onText) {
    this.#onText = onText;
    document.addEventListener("keydown", (event) => this.#hear(event));
  }

  #hear(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    const patience = this.#typed.startsWith(BEGUN) ? BEGUN_GAP : KEY_GAP;
    const isQuick = event.timeStamp - this.#lastAt <= patience;
    if (event.key === "Enter") this.#end(event, isQuick);
    else if (event.key.length === 1) {
      this.#typed = isQuick ? this.#typed + event.key : event.key;
      this.#lastAt = event.timeStamp;
    }
  }

  #end(event, isQuick) {
    const text = this.#typed;
    this.#typed = "";
    if (!isQuick || text.length < LEAST_TYPED) return;
    event.preventDefault();
    event.stopPropagation();
    this.#onText(text);
  }
}

const isField = (element) => element.matches?.("input, textarea, select, [contenteditable]");
