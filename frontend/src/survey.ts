// 填写问卷: one page at a time, branching while one answers, kept as one types. Without it the whole form stands below
// one another and works as a plain form.
import { all } from "./dom";
import { answersOf } from "./survey/controls";
import { faults, visible, type Form } from "./survey/rules";
import { Saving } from "./survey/saving";

class Survey {
  private here = 0;
  private readonly pages: HTMLElement[];
  private readonly told: Form;
  private readonly saving: Saving | null;

  constructor(private readonly form: HTMLFormElement) {
    this.told = JSON.parse(form.querySelector("#survey-form")?.textContent ?? '{"pages":[]}') as Form;
    this.pages = all<HTMLElement>(form, "[data-page]");
    this.saving = form.dataset.autosave ? new Saving(form, form.dataset.autosave) : null;
  }

  start(): void {
    const wrong = this.form.querySelector(".is-wrong")?.closest<HTMLElement>("[data-page]");
    if (wrong) this.here = this.pages.indexOf(wrong);
    this.form.addEventListener("input", () => this.show());
    this.form.addEventListener("change", (event) => this.changed(event));
    this.button("next")?.addEventListener("click", () => this.next());
    this.button("back")?.addEventListener("click", () => this.go(this.neighbour(-1)));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.show();
  }

  private button(name: string): HTMLButtonElement | null {
    return this.form.querySelector<HTMLButtonElement>(`[data-${name}]`);
  }

  /** Draws what is asked now: questions, the text of 其他, the page, its buttons. */
  private show(): void {
    const answers = answersOf(this.form, this.told);
    const seen = visible(this.told, answers);
    for (const one of all<HTMLElement>(this.form, "[data-question]")) one.hidden = !seen.has(one.dataset.question ?? "");
    for (const one of all<HTMLElement>(this.form, "[data-other]")) {
      const answer = answers[one.dataset.other ?? ""];
      one.hidden = !(Array.isArray(answer) ? answer.includes("other") : answer === "other");
    }
    this.pages.forEach((page, place) => (page.hidden = place !== this.here));
    this.buttons();
  }

  private buttons(): void {
    const asked = this.pages.filter((page) => this.isAsked(page));
    const next = this.neighbour(1);
    this.toggle("back", this.neighbour(-1) >= 0);
    this.toggle("next", next >= 0);
    this.toggle("submit", next < 0);
    const at = asked.indexOf(this.pages[this.here] as HTMLElement) + 1;
    const line = this.form.querySelector("[data-progress]");
    if (line) line.textContent = asked.length > 1 ? `第${at}页，共${asked.length}页` : "";
  }

  private toggle(name: string, shown: boolean): void {
    const found = this.button(name);
    if (found) found.hidden = !shown;
  }

  private isAsked(page: HTMLElement): boolean {
    const questions = all<HTMLElement>(page, "[data-question]");
    return questions.length === 0 || questions.some((one) => !one.hidden);
  }

  private neighbour(step: number): number {
    for (let place = this.here + step; place >= 0 && place < this.pages.length; place += step) {
      if (this.isAsked(this.pages[place] as HTMLElement)) return place;
    }
    return -1;
  }

  private changed(event: Event): void {
    this.leaveAlone(event.target as HTMLInputElement);
    const question = (event.target as HTMLElement).closest<HTMLElement>("[data-question]");
    if (question?.classList.contains("is-wrong")) this.mark();
    this.show();
  }

  /** Choosing what stands alone lets go of the others, and the other way round. */
  private leaveAlone(box: HTMLInputElement): void {
    const one = this.told.pages.flatMap((page) => page.questions).find((question) => question.id === box.name);
    if (box.type !== "checkbox" || !box.checked || !one) return;
    const alone = new Set((one.options ?? []).filter((option) => option.exclusive).map((option) => option.id));
    for (const other of all<HTMLInputElement>(this.form, `input[name="${box.name}"]`)) {
      if (other !== box && (alone.has(box.value) || alone.has(other.value))) other.checked = false;
    }
  }

  /** Writes what is wrong beside each question of the pages given; the first wrong one. */
  private mark(pages: HTMLElement[] = this.pages): HTMLElement | null {
    const wrong = faults(this.told, answersOf(this.form, this.told));
    let first: HTMLElement | null = null;
    for (const one of pages.flatMap((page) => all<HTMLElement>(page, "[data-question]"))) {
      const words = wrong[one.dataset.question ?? ""] ?? "";
      const line = one.querySelector<HTMLElement>("[data-fault]");
      if (line) {
        line.textContent = words;
        line.hidden = !words;
      }
      one.classList.toggle("is-wrong", Boolean(words));
      if (words && !first) first = one;
    }
    return first;
  }

  private next(): void {
    const wrong = this.mark([this.pages[this.here] as HTMLElement]);
    if (wrong) return this.lead(wrong);
    this.go(this.neighbour(1));
  }

  private go(place: number): void {
    if (place < 0) return;
    this.here = place;
    this.show();
    window.scrollTo(0, 0);
    const page = this.pages[place];
    page?.setAttribute("tabindex", "-1");
    page?.focus({ preventScroll: true });
  }

  private lead(question: HTMLElement): void {
    question.scrollIntoView({ block: "center" });
    question.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const wrong = this.mark();
    if (wrong) {
      this.here = this.pages.indexOf(wrong.closest<HTMLElement>("[data-page]") as HTMLElement);
      this.show();
      return this.lead(wrong);
    }
    const pressed = this.button("submit");
    if (!this.saving || pressed?.disabled) return;
    pressed!.disabled = true;
    void this.saving.end().then(() => {
      const told = document.createElement("input");
      told.type = "hidden";
      told.name = "do";
      told.value = "submit";
      this.form.append(told);
      this.form.submit();
    });
  }
}

for (const form of all<HTMLFormElement>(document, "form[data-survey]")) new Survey(form).start();
