// 交给别人: a link to hand over is selected and copied by one click; a sheet to hand out is printed by a button.

/** Watch every click of the page. */
export function watchHandovers(): void {
  document.addEventListener("click", (event) => {
    const pressed = event.target as Element;
    if (pressed.closest("[data-print]")) window.print();
    const link = pressed.closest<HTMLInputElement>("input[data-copy]");
    if (!link) return;
    link.select();
    // Needs https or this machine; otherwise the text stands selected.
    void navigator.clipboard?.writeText(link.value);
  });
}
