// 问卷保存: keeps what is typed on the server, one request after the other; a phone without a net tries again.
import { all, csrfToken, icon, make } from "../dom";

const PAUSE = 1200;
const RETRY = 8000;

interface Kept {
  version: number;
  saved_at?: string;
  files?: Record<string, { id: number; name: string }[]>;
  words?: string;
  closed?: boolean;
}

/** Saves the form at `data-autosave`. */
export class Saving {
  private timer = 0;
  private running: Promise<void> | null = null;
  private stopped = false;
  private waits = false;

  constructor(private readonly form: HTMLFormElement, private readonly address: string) {
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", (event) => this.later((event.target as HTMLInputElement).type === "file" ? 0 : PAUSE));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.later(0));
    window.addEventListener("online", () => this.waits && this.later(0));
  }

  /** No more requests; resolves when the last one has answered. */
  async end(): Promise<void> {
    this.stopped = true;
    window.clearTimeout(this.timer);
    await this.running;
  }

  private later(pause: number): void {
    window.clearTimeout(this.timer);
    this.waits = true;
    if (!this.stopped) this.timer = window.setTimeout(() => this.now(), pause);
  }

  private now(): void {
    if (this.running || this.stopped) return;
    this.waits = false;
    this.running = this.send().finally(() => {
      this.running = null;
      if (this.waits) this.later(PAUSE);
    });
  }

  private async send(): Promise<void> {
    const body = new FormData(this.form);
    const chosen = all<HTMLInputElement>(this.form, 'input[type="file"]').filter((one) => one.files?.length);
    try {
      const answer = await fetch(this.address, {
        method: "POST", body, headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" },
      });
      await this.take(answer, chosen);
    } catch {
      this.say("网络不通，内容还没有保存；恢复后自动保存。", "cloud-off");
      this.later(RETRY);
    }
  }

  private async take(answer: Response, chosen: HTMLInputElement[]): Promise<void> {
    if (answer.status >= 500 || !answer.headers.get("Content-Type")?.includes("json")) throw new Error();
    const told = (await answer.json()) as Kept;
    if (answer.ok) {
      this.setVersion(told.version);
      for (const one of chosen) one.value = "";
      if (told.files) this.list(told.files);
      this.say(`已自动保存 ${told.saved_at ?? ""}`, "cloud-check");
      return;
    }
    if (answer.status === 409) {
      this.setVersion(told.version);
      this.stopped = true;
    }
    if (told.closed) this.stopped = true;
    for (const one of chosen) one.value = "";
    this.say(told.words ?? "没有保存", "alert-triangle");
  }

  private setVersion(version: number): void {
    const field = this.form.querySelector<HTMLInputElement>('input[name="version"]');
    if (field) field.value = String(version);
  }

  private list(files: NonNullable<Kept["files"]>): void {
    for (const list of all<HTMLElement>(this.form, "[data-files]")) {
      const name = list.dataset.files ?? "";
      const rows = (files[name] ?? []).map((one) => {
        const box = make("input", { type: "checkbox", name: `${name}.remove`, value: String(one.id) });
        const label = make("label", { class: "tz-check" }, box, make("span", {}, "删去"));
        return make("li", {}, make("span", { class: "grow" }, icon("paperclip"), one.name), label);
      });
      list.replaceChildren(...rows);
    }
  }

  private say(words: string, mark: string): void {
    this.form.querySelector("[data-status]")?.replaceChildren(icon(mark), words);
  }
}
