// Before this stand VERSION and FILES. Answers from what is kept on the phone, so that the app opens without a
// network and is of one piece: a newer version is fetched whole, and used when the app is opened next.

const NAME = `fugong-gate-${VERSION}`;

self.addEventListener("install", (event) => {
  const fetched = caches.open(NAME).then((cache) =>
    cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" }))),
  );
  event.waitUntil(fetched.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidied().then(() => self.clients.claim()));
});

async function tidied() {
  const names = (await caches.keys()).filter((name) => name.startsWith("fugong-gate-") && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (FILES.includes(address.pathname)) event.respondWith(answered(request, address.pathname));
});

async function answered(request, path) {
  const cache = await caches.open(NAME);
  return (await cache.match(path)) ?? fetch(request);
}
