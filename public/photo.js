// Photos of an inspector's records: made smaller here, sent after their records, shown to whom the
// record is. It comes with the first question of the inspector's page, so that no pad carries it.
//
// The app writes a photo to the disk in one transaction with its record (`photo:<op>` in the store
// `meta`, as base64). From here it leaves the disk only once the server said that it has these bytes.

/** Pixels of the longer side, and bytes: `sync::protocol::photo` has the same. */
const SIDE_MAX = 1280;
const BYTES_MAX = 600 * 1024;
/** Quality of the JPEG, the next one where it was too large. */
const QUALITIES = [0.82, 0.65, 0.45];
const SEND_MS = 120_000;
const PREFIX = "photo:";
/** What a further try does not change. */
const REFUSED = [409, 413, 422];

const ASKS = { shrink, send, show, drop };

/** Answers a question of the page, `{"<what>": {…}}`; both are JSON. */
export async function answer(question) {
  const [[what, of]] = Object.entries(JSON.parse(question));
  return JSON.stringify(await ASKS[what](of));
}

/** Draws the chosen file anew. What a camera writes beside a picture, such as the place where it
    was taken, does not come along. */
async function shrink({ input }) {
  const field = document.getElementById(input);
  const [file] = field.files;
  const photo = await drawn(file).catch(() => undefined);
  // So that the same file can be chosen again.
  field.value = "";
  if (!photo) return { fault: "unreadable" };
  if (BYTES_MAX < photo.size) return { fault: "too_large" };
  const bytes = await photo.arrayBuffer();
  return { photo: { sha256: await sha256(bytes), size: photo.size, data: await base64(photo) } };
}

async function drawn(file) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext("2d");
    // A JPEG has no transparency: what was none becomes white, not black.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    let photo;
    for (const quality of QUALITIES) {
      photo = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (photo.size <= BYTES_MAX) break;
    }
    return photo;
  } finally {
    URL.revokeObjectURL(url);
  }
}

let sending;

/** Sends what lies here, one after the other; `hold` are ops that the server does not have yet. */
function send(of) {
  sending ??= sendAll(of).finally(() => (sending = undefined));
  return sending;
}

async function sendAll({ holder, hold }) {
  const db = await open(holder);
  const state = { sent: 0, waiting: 0, refused: [] };
  try {
    const token = await tokenOf(db);
    for (const key of await done(meta(db).getAllKeys(IDBKeyRange.bound(PREFIX, `${PREFIX}~`)))) {
      const op = key.slice(PREFIX.length);
      const status = hold.includes(op) ? undefined : await sendOne(db, token, op);
      if (status === 200) state.sent += 1;
      else if (REFUSED.includes(status)) state.refused.push(op);
      else state.waiting += 1;
    }
    return state;
  } finally {
    db.close();
  }
}

/** Answers the status; 200 only where the server named the very bytes that lie here. */
async function sendOne(db, token, op) {
  const bytes = await kept(db, op);
  if (!bytes) return 200;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "image/jpeg" };
  try {
    const response = await fetch(`/api/v1/photos/${op}`, { method: "PUT", headers, body: bytes, signal: inTime() });
    if (response.status !== 200) return response.status;
    // A network that wants a log-in of its own says 200 to anything.
    const said = await response.json();
    if (said.sha256 !== (await sha256(bytes))) return undefined;
    await remove(db, op);
    return 200;
  } catch {
    return undefined;
  }
}

/** `AbortSignal.timeout`, which Safari 15 has not. */
function inTime() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), SEND_MS);
  return controller.signal;
}

/** The photo from this phone, or from the server, as an address for an image. */
async function show({ holder, op }) {
  const db = await open(holder);
  try {
    const bytes = await kept(db, op);
    if (bytes) return { url: URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) };
    const headers = { Authorization: `Bearer ${await tokenOf(db)}` };
    const response = await fetch(`/api/v1/photos/${op}`, { headers, signal: inTime() });
    return response.ok ? { url: URL.createObjectURL(await response.blob()) } : { fault: "unreadable" };
  } catch {
    return { fault: "silence" };
  } finally {
    db.close();
  }
}

/** Takes a photo that the server refuses off this phone, because a person said so. */
async function drop({ holder, op }) {
  const db = await open(holder);
  try {
    await remove(db, op);
    return {};
  } finally {
    db.close();
  }
}

async function open(holder) {
  const request = indexedDB.open(`leitai-seat-${holder}`);
  // The app makes the database; an empty one must not stand in its way.
  request.onupgradeneeded = () => request.transaction.abort();
  return done(request);
}

const meta = (db, mode = "readonly") => db.transaction("meta", mode).objectStore("meta");

async function kept(db, op) {
  const record = await done(meta(db).get(PREFIX + op));
  return record && Uint8Array.from(atob(record.body), (letter) => letter.charCodeAt(0));
}

const remove = (db, op) => done(meta(db, "readwrite").delete(PREFIX + op));

async function tokenOf(db) {
  const record = await done(meta(db).get("credential"));
  return JSON.parse(record.body).token;
}

const done = (request) =>
  new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });

async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(blob) {
  const reader = new FileReader();
  return new Promise((yes, no) => {
    reader.onload = () => yes(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => no(reader.error);
    reader.readAsDataURL(blob);
  });
}
