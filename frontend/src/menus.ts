// 菜单: a menu closes on a click elsewhere and on Escape; the theme is switched in it.

/** Watch the menus of the page. */
export function watchMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if (location.hash === "#nav") location.hash = "#main";
  });
  document.querySelector("[data-theme-toggle]")?.addEventListener("click", switchTheme);
}

function open(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details.tz-menu[open]");
}

function switchTheme(): void {
  const root = document.documentElement;
  root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.bsTheme);
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}
