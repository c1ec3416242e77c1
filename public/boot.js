// Loaded before the wasm on every page, as an external script so that the offline shell needs no
// inline code. It makes IndexedDB writes durable, registers the service worker and, on the shell,
// starts the app of the build that the shell belongs to.
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
  import(root.dataset.js).then(async (app) => {
    await app.default({ module_or_path: root.dataset.wasm });
    app.hydrate();
  });
}

// 分享: without script such a link leads to what it passes on.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link) return;
  event.preventDefault();
  import("/share.js").then((share) => share[link.dataset.share](link), () => location.assign(link.href));
});

// An inspector's page asks for what it does with photos; a pad never does.
window.askPhoto = (question) => import("/photo.js").then((photo) => photo.answer(question));

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
