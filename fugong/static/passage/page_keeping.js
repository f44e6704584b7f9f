// A page that opens without a network from its second visit on; `worker` is the address of its worker's script.

// By the page itself at its first visit, as its worker did not see it being loaded. Whether it is kept now.
export async function keepThisPage(worker) {
  if (!("serviceWorker" in navigator)) return false;
  const registered = await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  if (!registered.active) return false;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const files = loaded.filter((address) => new URL(address).pathname.startsWith("/static/"));
  const kept = await caches.open(`fugong-pages ${new URL(registered.scope).pathname}`);
  await kept.addAll([...new Set([location.pathname, ...files])]);
  return true;
}

// Kept a while ago and shown for want of an answer.
export const isCopy = () => document.documentElement.dataset.isCopy !== undefined;
