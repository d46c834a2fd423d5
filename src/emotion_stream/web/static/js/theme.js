// @ts-check
// Runs before the first paint: the colours chosen in the settings, if any.

(() => {
  try {
    const theme = localStorage.getItem("emotion-stream.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    return;
  }
})();
