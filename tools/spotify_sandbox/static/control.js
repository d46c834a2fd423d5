// @ts-check
// The control page: each switch is sent as soon as it is changed.

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-scenario]"));
const said = /** @type {HTMLElement} */ (document.querySelector("[data-said]"));
const log = /** @type {HTMLElement} */ (document.querySelector("[data-log]"));

/** @param {object} wanted */
async function set(wanted) {
  const reply = await fetch("/sandbox/scenario", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wanted),
  });
  const answer = await reply.json();
  said.textContent = reply.ok ? "Done." : answer.message;
}

/** @param {HTMLInputElement | HTMLSelectElement} field */
function chosenIn(field) {
  if (field instanceof HTMLSelectElement) return field.value;
  return field.type === "checkbox" ? field.checked : field.valueAsNumber;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
  void set({ [field.name]: chosenIn(field) });
});

for (const button of document.querySelectorAll("[data-action]")) {
  const { action } = /** @type {HTMLElement} */ (button).dataset;
  button.addEventListener("click", async () => {
    await set({ [String(action)]: true });
    if (action === "reset") window.location.reload();
  });
}

document.querySelector("[data-refresh]")?.addEventListener("click", async () => {
  const { requests } = await (await fetch("/sandbox/log")).json();
  log.textContent = requests
    .reverse()
    .map((/** @type {object} */ entry) => JSON.stringify(entry))
    .join("\n");
});
