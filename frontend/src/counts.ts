// 字数: how many characters a text has, beside its help.
import { all, make } from "./dom";

/** Count in every textarea[data-count]. */
export function enhanceCounts(root: ParentNode): void {
  for (const text of all<HTMLTextAreaElement>(root, "textarea[data-count]")) {
    const shown = make("p", { class: "tz-note tz-chars" });
    const count = () => (shown.textContent = `${text.value.replace(/\s/g, "").length}字`);
    text.addEventListener("input", count);
    text.after(shown);
    count();
  }
}
