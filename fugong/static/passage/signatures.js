// Ed25519 (RFC 8032): by the browser where it can, else by noble's, which is slower and needs nothing.

import * as noble from "../vendor/ed25519.js";

const NAME = "Ed25519";
let isBuiltIn;

// Asked once. A browser of before 2025 says no.
export function canBrowser() {
  isBuiltIn ??= crypto.subtle.generateKey(NAME, false, ["sign", "verify"]).then(
    () => true,
    () => false,
  );
  return isBuiltIn;
}

export async function isSigned(publicKey, signature, message, byBrowser = null) {
  if (byBrowser ?? (await canBrowser())) return isSignedByBrowser(publicKey, signature, message);
  try {
    return await noble.verifyAsync(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

async function isSignedByBrowser(publicKey, signature, message) {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, NAME, false, ["verify"]);
    return await crypto.subtle.verify(NAME, key, signature, message);
  } catch {
    return false;
  }
}

// What a phone keeps in IndexedDB: the browser's key cannot be read out, not even by this page.
export async function makeKey(byBrowser = null) {
  if (byBrowser ?? (await canBrowser())) {
    const pair = await crypto.subtle.generateKey(NAME, false, ["sign", "verify"]);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return { publicKey, privateKey: pair.privateKey };
  }
  const secret = noble.utils.randomSecretKey();
  return { publicKey: await noble.getPublicKeyAsync(secret), secret };
}

export async function sign(key, message) {
  if (key.secret) return noble.signAsync(message, key.secret);
  return new Uint8Array(await crypto.subtle.sign(NAME, key.privateKey, message));
}
