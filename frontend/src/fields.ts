// 表单内容: read what a form would send, put values back into its controls.

export type Pair = [name: string, value: string];
export type Labels = Record<string, string>;

const OURS = new Set(["csrfmiddlewaretoken", "once", "version", "read"]);

/** Name and value of everything a person filled in; files and our own hidden fields left out. */
export function filledIn(form: HTMLFormElement): Pair[] {
  const pairs: Pair[] = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && !OURS.has(name)) pairs.push([name, value]);
  });
  return pairs;
}

/** The names under which two fillings of a form differ. */
export function changedNames(before: Pair[], after: Pair[]): Set<string> {
  const said = (pairs: Pair[], name: string) => JSON.stringify(pairs.filter(([one]) => one === name));
  const names = [...before, ...after].map(([name]) => name);
  return new Set(names.filter((name) => said(before, name) !== said(after, name)));
}

/** What the chosen options of all pickers are called, for a page that does not know them yet. */
export function labelsOf(form: HTMLFormElement): Labels {
  const chosen = Array.from(form.querySelectorAll("select"), (select) => Array.from(select.selectedOptions)).flat();
  return Object.fromEntries(chosen.map((option) => [option.value, option.text]));
}

/** Put `pairs` into the controls of `form`, pickers included. */
export function fillIn(form: HTMLFormElement, pairs: Pair[], labels: Labels = {}): void {
  for (const name of new Set(pairs.map(([one]) => one))) {
    setValues(form, name, pairs.filter(([one]) => one === name).map(([, value]) => value), labels);
  }
}

/** Give the control (or the group of boxes) called `name` these values. */
export function setValues(form: HTMLFormElement, name: string, values: string[], labels: Labels = {}): void {
  const boxes: Element[] = Array.from(form.elements).filter((one) => one.getAttribute("name") === name);
  boxes.forEach((box, index) => {
    if (box instanceof HTMLSelectElement) choose(box, values, labels);
    else if (box instanceof HTMLInputElement && /^(checkbox|radio)$/.test(box.type)) box.checked = values.includes(box.value);
    else if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) box.value = values[index] ?? box.value;
  });
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

function choose(select: HTMLSelectElement, values: string[], labels: Labels): void {
  const known = Array.from(select.options, (option) => option.value);
  for (const value of values) if (!known.includes(value)) select.add(new Option(labels[value] ?? value, value));
  for (const option of select.options) option.selected = values.includes(option.value);
  (select as HTMLSelectElement & { tomselect?: { sync(): void } }).tomselect?.sync();
}
