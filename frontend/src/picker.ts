// 选人选单位: a select one types into – Chinese or pinyin initials, answered by data-url or by the options themselves.
import TomSelect from "tom-select/base";
import { all } from "./dom";

interface Choice {
  value: string;
  text: string;
  note?: string;
  initials?: string;
}

/** Turn every select[data-picker] into one that is searched by typing. */
export function enhancePickers(root: ParentNode): void {
  for (const select of all<HTMLSelectElement>(root, "select[data-picker]:not(.tomselected)")) enhance(select);
}

function enhance(select: HTMLSelectElement): void {
  const { url, create } = select.dataset;
  const picker = new TomSelect(select, {
    valueField: "value",
    labelField: "text",
    searchField: ["text", "note", "initials"],
    placeholder: select.dataset.placeholder ?? "输入名称或拼音首字母",
    hidePlaceholder: true,
    maxOptions: 50,
    create: Boolean(create),
    createOnBlur: Boolean(create),
    loadThrottle: 250,
    ...(url ? asking(url) : {}),
    onItemAdd: () => picker.setTextboxValue(""),
    render: words(create, select.multiple),
  });
  describe(select, picker.control_input);
  select.setAttribute("aria-hidden", "true"); // its label belongs to the control now
  picker.hook("after", "refreshOptions", () => {
    const offer = picker.dropdown_content.querySelector(".create");
    if (offer) picker.dropdown_content.append(offer); // something new comes after what is known
  });
  picker.control.addEventListener("click", (event) => {
    const chip = (event.target as Element).closest(".remove")?.closest<HTMLElement>(".item");
    if (chip?.dataset.value !== undefined) picker.removeItem(chip.dataset.value);
  });
}

/** What the server found is a match, also by initials that the text does not hold; what it found before is gone. */
function asking(url: string) {
  return {
    load(this: TomSelect, text: string, done: (found: Choice[]) => void) {
      void search(url, text).then((found) => {
        this.clearOptions();
        done(found);
      });
    },
    score: () => () => 1,
  };
}

async function search(url: string, text: string): Promise<Choice[]> {
  const joint = url.includes("?") ? "&" : "?";
  const answer = await fetch(`${url}${joint}q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as Choice[]) : [];
}

function words(create: string | undefined, several: boolean) {
  type Escape = (text: string) => string;
  const line = (choice: Choice, escape: Escape) =>
    `<span>${escape(choice.text)}</span>${choice.note ? ` <small>${escape(choice.note)}</small>` : ""}`;
  return {
    option: (choice: Choice, escape: Escape) => `<div>${line(choice, escape)}</div>`,
    item: (choice: Choice, escape: Escape) => `<div>${line(choice, escape)}${several ? remove(escape(choice.text)) : ""}</div>`,
    option_create: (typed: { input: string }, escape: Escape) =>
      `<div class="create">${escape((create ?? "").replace("%s", typed.input))}</div>`,
    no_results: () => '<div class="no-results">没有找到，换个说法试试。</div>',
    loading: () => '<div class="loading">正在查找…</div>',
  };
}

function remove(whom: string): string {
  return `<button type="button" class="remove" aria-label="移除${whom}">×</button>`;
}

/** The typed-into control keeps the help and the fault of the field it stands for. */
function describe(select: HTMLSelectElement, input: HTMLInputElement): void {
  for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
    const value = select.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
}
