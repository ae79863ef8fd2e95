// Shows a page of ours where a browser would say that there is no line. It keeps that page and what it is made of, and
// nothing else: no page that knows somebody is ever stored, and without this all works the same.
const CACHE = "offline-{{ name }}";
const PAGES = { {% for language, page in pages.items %}"{{ language }}": "{{ page }}"{% if not forloop.last %}, {% endif %}{% endfor %} };
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

const keep = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit", cache: "reload" })));
};

const tidy = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("offline-") && name !== CACHE).map((name) => caches.delete(name)));
};

const language = (path) => Object.keys(PAGES).find((code) => path.startsWith(`/${code}/`)) ?? "en";

const orOffline = async (request, instead) => {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(instead);
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === "navigate") {
    event.respondWith(orOffline(event.request, PAGES[language(pathname)]));
  } else if (FILES.includes(pathname)) {
    event.respondWith(orOffline(event.request, pathname));
  }
});
