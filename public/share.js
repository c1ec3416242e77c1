// What a link with data-share does: `link` passes its address on, `picture` makes a PNG of the SVG
// that it leads to. It comes with the first tap, so that no page carries it.

/** Pixels, as public accounts want them. */
const WIDTH = 1080;

/** By the system where it can; otherwise the address goes to the clipboard. */
export async function link(from) {
  const { name, done, failed } = from.dataset;
  if (navigator.share) {
    try {
      return await navigator.share({ title: name, url: from.href });
    } catch (refused) {
      // Whoever closes the system's list has changed their mind.
      if (refused.name === "AbortError") return;
    }
  }
  try {
    await navigator.clipboard.writeText(from.href);
    tell(from, done);
  } catch {
    // A page that came without https has no clipboard.
    tell(from, failed);
  }
}

/** Shows the picture, to be held and kept where a browser saves no files, and saves it. */
export async function picture(from) {
  const { name, done, failed } = from.dataset;
  try {
    const url = URL.createObjectURL(await drawn(from.href));
    show(from, url, name);
    save(url, name);
    tell(from, done);
  } catch {
    tell(from, failed);
  }
}

async function drawn(href) {
  const image = new Image();
  image.src = href;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * image.naturalHeight) / image.naturalWidth);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((png) => (png ? done(png) : failed(new Error("no picture"))), "image/png"),
  );
}

function save(url, name) {
  const file = document.createElement("a");
  file.href = url;
  file.download = name;
  file.click();
}

function show(from, url, name) {
  const box = around(from);
  const shown = box.querySelector("img") ?? box.appendChild(new Image());
  URL.revokeObjectURL(shown.src);
  shown.alt = name.replace(/\.png$/, "");
  shown.style.maxInlineSize = "100%";
  shown.src = url;
}

function tell(from, words) {
  around(from).querySelector("[role=status]").textContent = words;
}

const around = (from) => from.closest("[data-share-box]");
