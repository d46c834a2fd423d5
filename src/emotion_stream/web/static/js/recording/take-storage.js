// @ts-check
// Keeps the take in the browser until it has been analysed or discarded, so a reload loses nothing.

/** @typedef {import("./recording-buffer.js").Take} Take */

const DATABASE = "emotion-stream";
const STORE = "takes";
const KEY = "current";
/** A bigger file is still on the person's disk, and would be copied for nothing. */
const LARGEST_BYTES = 20_000_000;

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Private windows and full disks refuse: then the take lives as long as the tab.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T | null>}
 */
async function attempt(mode, work) {
  try {
    const database = await open();
    try {
      return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

/** @param {Take} take */
export async function saveTake(take) {
  if (take.blob.size > LARGEST_BYTES) return;
  await attempt("readwrite", (store) => store.put(take, KEY));
}

/** @returns {Promise<Take | null>} */
export async function loadTake() {
  return (await attempt("readonly", (store) => store.get(KEY))) ?? null;
}

export async function deleteTake() {
  await attempt("readwrite", (store) => store.delete(KEY));
}
