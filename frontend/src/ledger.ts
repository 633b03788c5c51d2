// 台账: a cell opens what lies behind it under its own row; opened again, or closed, it folds away.
function forgetOpen(place: HTMLElement): void {
  place.replaceChildren();
  for (const cell of place.closest("tbody")?.querySelectorAll("[data-cell]") ?? []) cell.removeAttribute("aria-expanded");
}

/** Mark the open cell, close it on request; without JavaScript a cell is a plain link. */
export function watchCells(): void {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    const place = cell?.closest("tbody")?.querySelector<HTMLElement>(".tz-opened > td");
    if (!cell || !place) return;
    const wasOpen = cell.getAttribute("aria-expanded") === "true";
    forgetOpen(place);
    if (wasOpen) event.preventDefault();
    else cell.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest("[data-close-cell]");
    const place = button?.closest<HTMLElement>(".tz-opened > td");
    if (!place) return;
    const cell = place.closest("tbody")?.querySelector<HTMLElement>('[data-cell][aria-expanded="true"]');
    forgetOpen(place);
    cell?.focus();
  });
}
