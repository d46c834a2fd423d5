// @ts-check
// Sends a take to be analysed, with progress and a way to cancel (fetch tells no upload progress).

import { ApiError, errorOf, noAnswer } from "./api.js";

/**
 * @param {{ blob: Blob, name: string }} take
 * @param {(share: number) => void} onProgress 0 to 1 of the bytes sent
 * @param {import("./scope.js").Scope} scope disposing it cancels
 * @returns {Promise<import("./api.js").Reading>}
 */
export function analyse(take, onProgress, scope) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", take.blob, take.name);
  return new Promise((resolve, reject) => {
    request.upload.onprogress = (event) =>
      event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300 && request.response)
        resolve(request.response);
      else reject(errorOf(request.response, request.status));
    };
    request.onerror = () => reject(noAnswer());
    request.onabort = () => reject(new ApiError("cancelled", "Cancelled.", 0));
    request.open("POST", "/api/v1/analyses");
    request.responseType = "json";
    request.setRequestHeader("accept", "application/json");
    scope.own(() => request.abort());
    request.send(form);
  });
}
