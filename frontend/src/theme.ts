// 明暗: sets the theme before the first paint; loaded on its own, ahead of the styles, because the policy allows no inline script.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = dark ? "dark" : "light";
})();
