// Lets the pages below it open without a network. It keeps them with their files as they were last seen. What is
// answered from there says so (`data-is-copy`): its time and all that is drawn once are old.

const KEPT = `fugong-pages ${new URL(self.registration.scope).pathname}`;
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
    const kept = await caches.open(KEPT);
    const found = await kept.match(request, { ignoreVary: true });
    if (!found) throw error;
    return request.mode === "navigate" ? marked(found) : found;
  }
}

async function marked(found) {
  const page = await found.text();
  return new Response(page.replace("<html ", "<html data-is-copy "), { headers: found.headers });
}
