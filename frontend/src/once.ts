// 只交一次: a submit button goes dead after the first click. The server's token makes a repeat harmless anyway.
import { csrfToken } from "./dom";

const COMES_BACK = 10000;

/** Watch every form of the page. */
export function watchSubmits(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented) return;
    refreshToken(form);
    const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!pressed) return;
    // After this turn: a disabled button's own name and value would not be sent.
    setTimeout(() => kill(pressed));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(revive));
  document.addEventListener("htmx:afterRequest", () => document.querySelectorAll("[data-sent]").forEach(revive));
}

/** Signing in again in another window changes the token; a form that stood open meanwhile gets the new one. */
function refreshToken(form: HTMLFormElement): void {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  const token = csrfToken();
  if (field instanceof HTMLInputElement && token) field.value = token;
}

function kill(pressed: HTMLButtonElement): void {
  pressed.disabled = true;
  pressed.dataset.sent = "";
  setTimeout(() => revive(pressed), COMES_BACK); // a download leaves the page where it is
}

function revive(pressed: Element): void {
  (pressed as HTMLButtonElement).disabled = false;
  delete (pressed as HTMLButtonElement).dataset.sent;
}
