// Begins the app on every page, as an external script so that no page needs inline code for it.
// Before the app it makes IndexedDB writes durable; beside it, it registers the service worker.
"use strict";

// Chrome writes IndexedDB with relaxed durability unless it is told otherwise, and the wrapper in
// use has no option for it: a sheet that the pad calls saved must be on disk.
const open = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  return mode === "readwrite"
    ? tellWhy(open.call(this, stores, mode, { durability: "strict", ...options }))
    : open.call(this, stores, mode, options);
};

// Chrome finds a full disk only at the commit, when no request is left to fail. The wrapper hears
// of the abort but not of its cause; from an error event it reads the cause.
function tellWhy(transaction) {
  let told = false;
  transaction.addEventListener("error", () => (told = true));
  transaction.addEventListener("abort", () => told || transaction.dispatchEvent(new Event("error")));
  return transaction;
}

const root = document.documentElement;
const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

if (root.dataset.shell !== undefined) {
  // The shell is one file for everybody, so the reader's choices are applied to it afterwards.
  root.lang = cookie("lang") === "en" ? "en" : "zh-CN";
  const scale = cookie("scale");
  if (scale === "lg" || scale === "xl") root.dataset.type = scale;
  start();
} else {
  // A page that the server rendered is read first. What it consists of comes before the app.
  addEventListener("load", () => requestAnimationFrame(() => idle(start)));
}

function idle(then) {
  if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: 2000 });
  else setTimeout(then, 1);
}

function start() {
  import(root.dataset.js).then(async (app) => {
    await app.default({ module_or_path: root.dataset.wasm });
    app.hydrate();
  });
  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
}

// What anybody may read is read as a document, so that the worker keeps each page that was opened
// and a tap without network finds it again. The router leaves such links alone.
const OWN = /^\/(card|seat|host|field|admin)(\/|$)/;
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[href]");
  if (link && !OWN.test(link.pathname)) link.relList.add("external");
}, true);

// 分享: without script such a link leads to what it passes on.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link) return;
  event.preventDefault();
  import("/share.js").then((share) => share[link.dataset.share](link), () => location.assign(link.href));
});

// An inspector's page asks for what it does with photos; a pad never does.
window.askPhoto = (question) => import("/photo.js").then((photo) => photo.answer(question));
