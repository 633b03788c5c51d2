// 意见条目: rows of points are added and taken away; a passage chosen in the text becomes the quotation of one.
import { all, button } from "./dom";

/** Let every form with data-points grow and shrink. */
export function enhancePoints(root: ParentNode): void {
  for (const form of all<HTMLFormElement>(root, "form[data-points]")) start(form);
}

function start(form: HTMLFormElement): void {
  for (const row of all(form, ".tz-pointrow")) mayGo(row);
  for (const pressed of all<HTMLButtonElement>(form, "[data-add-point]")) {
    pressed.addEventListener("click", () => add(form, sectionOf(pressed), ""));
  }
  offerQuotes(form);
}

function sectionOf(inside: Element): HTMLElement | null {
  return inside.closest<HTMLElement>("[data-section]");
}

function add(form: HTMLFormElement, section: HTMLElement | null, quote: string): void {
  const template = form.querySelector<HTMLTemplateElement>("template[data-point-row]");
  const row = template?.content.firstElementChild?.cloneNode(true);
  const list = section?.querySelector(".tz-pointrows");
  if (!(row instanceof HTMLElement) || !list || !section) return;
  control(row, "point-section").value = section.dataset.section ?? "";
  control(row, "point-quote").value = quote;
  mayGo(row);
  list.append(row);
  control(row, "point-text").focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function control(row: HTMLElement, name: string): HTMLInputElement {
  return row.querySelector<HTMLInputElement>(`[name="${name}"]`) as HTMLInputElement;
}

function mayGo(row: HTMLElement): void {
  const gone = () => {
    const form = row.closest("form");
    row.remove();
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  };
  row.append(button("删去这一条", gone, "trash"));
}

/** A button beside what was chosen in the text; it carries the words into a new point of that section. */
function offerQuotes(form: HTMLFormElement): void {
  let offer: HTMLButtonElement | null = null;
  document.addEventListener("selectionchange", () => {
    offer?.remove();
    const chosen = document.getSelection();
    const text = chosen?.toString().replace(/\s+/g, " ").trim() ?? "";
    const node = chosen?.anchorNode;
    const inside = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>("[data-quotable]");
    if (!chosen || !inside || !form.contains(inside) || text.length < 2) return;
    const section = sectionOf(inside);
    const box = chosen.getRangeAt(0).getBoundingClientRect();
    offer = button("就这一句提意见", () => add(form, section, text.slice(0, 500)), "message");
    offer.classList.add("tz-quote-offer", "btn-primary");
    offer.style.top = `${String(box.bottom + window.scrollY + 6)}px`;
    offer.style.left = `${String(Math.max(8, Math.min(box.left + window.scrollX, document.documentElement.clientWidth - 180)))}px`;
    // The press must not take the choice away before it is used.
    offer.addEventListener("pointerdown", (event) => event.preventDefault());
    offer.addEventListener("click", () => chosen.removeAllRanges());
    document.body.append(offer);
  });
}
