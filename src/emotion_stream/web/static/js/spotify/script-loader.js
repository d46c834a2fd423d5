// @ts-check
// Loads one of Spotify's scripts, when it is first needed and only then.

const PATIENCE_MS = 15_000;
/** @type {Map<string, Promise<any>>} */
const loading = new Map();

/**
 * @template T
 * @param {string} address
 * @param {(ready: (made: T) => void) => void} connect hands over the function the script calls when it is ready
 * @returns {Promise<T>} rejected where the script does not come; the next call tries again
 */
export function loadScript(address, connect) {
  const known = loading.get(address);
  if (known) return known;
  const made = new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE_MS, new Error(`${address} does not answer`));
    connect((value) => {
      clearTimeout(timer);
      resolve(value);
    });
    const script = document.createElement("script");
    script.src = address;
    script.onerror = () => {
      script.remove();
      reject(new Error(`${address} did not load`));
    };
    document.head.append(script);
  });
  loading.set(address, made);
  made.catch(() => loading.delete(address)); // the network may be back at the next press
  return made;
}
