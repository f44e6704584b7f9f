// Lets the page of the own code open without a network. It keeps the page and its files, which say nothing of
// anybody; what the page shows of people lies in the page's own store.

const KEPT = "fugong-own-code-1";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isAnswer = pathname.endsWith("/state/");
  if (request.method !== "GET" || origin !== self.location.origin || isAnswer) return;
  event.respondWith(answered(request));
});

// From the network where there is one, so that a new version is seen at once.
async function answered(request) {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok && !response.redirected) {
      const kept = await caches.open(KEPT);
      await kept.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}
