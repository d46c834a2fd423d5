// @ts-check
// Runs before the first paint: the colours chosen in the settings, if any.

(() => {
  const root = document.documentElement;
  const bars = [...document.querySelectorAll("meta")].filter((each) => each.name === "theme-color");
  const [light, dark] = bars.map((bar) => bar.content);
  const colourTheBrowser = () => {
    const { theme } = root.dataset;
    bars[0].content = theme === "dark" ? dark : light;
    bars[1].content = theme === "light" ? light : dark;
  };
  new MutationObserver(colourTheBrowser).observe(root, { attributeFilter: ["data-theme"] });
  try {
    const theme = localStorage.getItem("emotion-stream.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    return;
  }
})();
