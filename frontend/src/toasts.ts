// 提示: short messages at the bottom right, on a phone at the top. Good news goes by itself, a failure stays until it is closed.
import { all, icon, make } from "./dom";

const STAYS = 8000;

/** Let the toasts inside `root` be closed, and good news go by itself. */
export function enhanceToasts(root: ParentNode): void {
  for (const toast of all(root, ".tz-toast:not([data-ready])")) {
    toast.dataset.ready = "";
    toast.querySelector("[data-dismiss]")?.addEventListener("click", () => toast.remove());
    if (!toast.matches(".is-error, .is-warning")) leaveAfter(toast);
  }
}

/** Show a message from a script. */
export function toast(words: string, level: "success" | "error" = "success"): void {
  const close = make("button", { type: "button", "data-dismiss": "", "aria-label": "关闭" }, icon("x"));
  const mark = icon(level === "error" ? "alert-triangle" : "circle-check");
  const made = make("div", { class: `tz-toast is-${level}` }, mark, make("p", {}, words), close);
  document.getElementById("toasts")?.append(made);
  enhanceToasts(made);
}

function leaveAfter(toast: HTMLElement): void {
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    clearInterval(timer);
    toast.remove();
  }, STAYS);
}
