// The service worker of one build. It keeps files, and nothing else: no scores, no queue.
// The server fills in BUILD and PRECACHE from the files it serves, so its bytes change when, and
// only when, the files do.
"use strict";

const BUILD = "__BUILD__";
const PRECACHE = __PRECACHE__; // [url, revision | null]; null = the name carries a hash
const SHELL = "/app-shell";
const PREFIX = "leitai-";
const FILES = `${PREFIX}${BUILD}`;
const PAGES = "pages"; // public pages, each its own last copy
const PAGES_MAX = 60;
const NETWORK_MS = 3000;

const isPad = (path) =>
  path === "/card" || path === "/seat" || ["/seat/", "/host/", "/field/"].some((start) => path.startsWith(start));
const isStaff = (path) => path === "/admin" || path.startsWith("/admin/");
const isLive = (path) => path.startsWith("/api/") || path.startsWith("/fn/");

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
  if (event.data === "BUILD") event.source.postMessage({ build: BUILD });
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === "/prefs") return event.respondWith(chosen(event));
  if (request.method !== "GET" || url.origin !== location.origin || isLive(url.pathname)) return;
  if (request.mode === "navigate") return event.respondWith(navigate(request, url.pathname));
  event.respondWith(file(request));
});

// All or nothing: a build whose wasm did not arrive whole never takes over.
async function install() {
  const cache = await caches.open(FILES);
  await Promise.all([...PRECACHE, [SHELL, BUILD]].map(([url, revision]) => keep(cache, url, revision)));
}

async function keep(cache, url, revision) {
  const old = revision === null ? await caches.match(url) : undefined;
  // What is named by its content may come from the page's own download of it.
  const response = old ?? (await fetch(url, { cache: revision === null ? "default" : "reload" }));
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  await cache.put(url, response);
}

// The build before this one stays: a tab of it may still be open.
async function activate() {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== FILES);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
  // The page that brought the worker did not come through it.
  const tabs = await self.clients.matchAll({ type: "window" });
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_MS));
  await Promise.race([late, Promise.all(tabs.map(({ url }) => first(url)))]);
}

async function first(url) {
  const { pathname } = new URL(url);
  if (isPad(pathname) || isStaff(pathname)) return;
  const request = new Request(url);
  await fetch(request).then(async (response) => store(await caches.open(PAGES), request, response)).catch(() => {});
}

// What a reader chooses shows on these pages, which may be read next without a network.
async function chosen(event) {
  const response = await fetch(event.request);
  event.waitUntil(Promise.all(["/", "/boards"].map((path) => first(new URL(path, location.origin)))));
  return response;
}

async function file(request) {
  const cached = await (await caches.open(FILES)).match(request, { ignoreSearch: true });
  return cached ?? (await caches.match(request)) ?? fetch(request);
}

// Pads and hosts: the shell of this build, even online, so that page, code and storage are of one build.
// Public pages: the network, then the last copy, then the shell. Staff pages are never kept.
async function navigate(request, path) {
  const shell = async () => (await caches.open(FILES)).match(SHELL);
  if (isPad(path)) return (await shell()) ?? fetch(request);
  if (isStaff(path)) return fetch(request).catch(shell);
  const pages = await caches.open(PAGES);
  const fresh = fetch(request).then((response) => store(pages, request, response));
  const late = new Promise((_, reject) => setTimeout(reject, NETWORK_MS, new Error("slow")));
  try {
    return await Promise.race([fresh, late]);
  } catch {
    return (await kept(pages, plain(request))) ?? (await fresh.catch(shell));
  }
}

// The address that a page is kept by. One with a query is a view that its reader chose: a search, a season,
// a poster's edition or paper. Without network the plain page stands in for it.
const plain = ({ url }) => url.replace(/[?#].*/, "");
// An app that was put on the home screen begins so, on a page like any other.
const isPlain = ({ url }) => ["", "?src=pwa"].includes(new URL(url).search);

// A copy that names who is on the black list says until when it may be shown. Then it is thrown away.
async function kept(pages, address) {
  const copy = await pages.match(address);
  if (Date.now() < Number(copy?.headers.get("x-keep-until") ?? Infinity)) return copy && aged(copy);
  await pages.delete(address);
}

// The page itself says of when it is.
async function aged(copy) {
  const headers = new Headers(copy.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  const at = Date.parse(copy.headers.get("date")) || "";
  return new Response((await copy.text()).replace("<html", `<html data-kept="${at}"`), { headers });
}

// What is not for everybody is not kept. Where it was once, or is not there any more, the copy goes.
async function store(pages, request, response) {
  const cacheControl = response.headers.get("cache-control") ?? "";
  const isPublic = !/no-store|private/.test(cacheControl);
  if (response.status === 404 || cacheControl.includes("private")) await pages.delete(plain(request), { ignoreSearch: true });
  if (!response.ok || response.redirected || !isPublic || !isPlain(request)) return response;
  await pages.put(plain(request), response.clone()).catch(() => {});
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, -PAGES_MAX).map((old) => pages.delete(old)));
  return response;
}
