// 用我的 / 用对方的: a button puts a value into the control of its form.
import { all } from "./dom";
import { setValues } from "./fields";

/** Wire the buttons with data-fill (name of the control) and data-value. */
export function enhanceFills(root: ParentNode): void {
  for (const pressed of all<HTMLButtonElement>(root, "button[data-fill]")) {
    pressed.addEventListener("click", () => {
      const { fill = "", value = "" } = pressed.dataset;
      if (pressed.form) setValues(pressed.form, fill, pressed.dataset.several === undefined ? [value] : value.split(","));
    });
  }
}
