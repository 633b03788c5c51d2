// 确认: a button with data-confirm asks first, in a dialog of the page.

/** Watch every click of the page. */
export function watchConfirms(): void {
  document.addEventListener(
    "click",
    (event) => {
      const pressed = (event.target as Element).closest<HTMLButtonElement>("button[data-confirm]");
      const dialog = document.getElementById("ask") as HTMLDialogElement | null;
      if (!pressed || !dialog?.showModal || pressed.dataset.confirmed !== undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(dialog, pressed);
    },
    true,
  );
}

function ask(dialog: HTMLDialogElement, pressed: HTMLButtonElement): void {
  const words = dialog.querySelector("p");
  const yes = dialog.querySelector("[data-yes]");
  if (words) words.textContent = pressed.dataset.confirm ?? "";
  if (yes) yes.textContent = pressed.dataset.confirmLabel ?? "确定";
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && goOn(pressed), { once: true });
  dialog.showModal();
}

function goOn(pressed: HTMLButtonElement): void {
  pressed.dataset.confirmed = "";
  pressed.click();
  delete pressed.dataset.confirmed;
}
