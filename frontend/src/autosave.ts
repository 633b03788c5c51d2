// 自动保存: posts a form's fields as one types; offline a copy waits in the browser and is offered back.
import { clock, copyKey, copyOf, dropCopy, keepCopy } from "./copies";
import { all, button, csrfToken, icon, make, uuid } from "./dom";
import { changedNames, fillIn, filledIn, labelsOf, type Pair } from "./fields";

const PAUSE = 1000;
const RETRY = 15000;

interface Saved {
  version?: number;
  saved_at?: string;
  url?: string;
  autosave?: string;
}

/** Start saving every form with data-autosave. */
export function enhanceAutosaves(root: ParentNode): void {
  for (const form of all<HTMLFormElement>(root, "form[data-autosave]")) new Autosave(form).start();
}

class Autosave {
  private timer = 0;
  private busy = false;
  private stopped = false;
  /** Set when the form was submitted while a request was on its way: it goes once that has answered. */
  private goesOn: (() => void) | null = null;
  private sent: string;
  /** The token of the request on its way: kept when it fails, so that a repeat writes nothing twice. */
  private once = uuid();
  private readonly line: HTMLElement;
  private readonly opened: Pair[];

  constructor(private readonly form: HTMLFormElement) {
    this.line = form.querySelector<HTMLElement>("[data-saved]") ?? make("p", { class: "tz-note", role: "status" });
    if (!this.line.isConnected) form.prepend(this.line);
    if (!this.line.textContent) this.line.textContent = "随写随存。";
    this.opened = filledIn(form);
    this.sent = JSON.stringify(this.opened);
  }

  start(): void {
    this.offerCopy();
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    this.form.addEventListener("focusout", () => this.now());
    this.form.addEventListener("submit", (event) => this.leave(event));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.now());
    window.addEventListener("online", () => this.now());
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), PAUSE);
  }

  private now(): void {
    window.clearTimeout(this.timer);
    const pairs = filledIn(this.form);
    if (this.stopped || this.busy || JSON.stringify(pairs) === this.sent) return;
    keepCopy(copyKey(this.form), pairs, labelsOf(this.form));
    void this.send(pairs);
  }

  private async send(pairs: Pair[]): Promise<void> {
    this.busy = true;
    this.say("正在保存…", "cloud-up");
    try {
      await this.take(await this.post(pairs), pairs);
    } catch {
      this.say("未保存，网络恢复后自动保存", "cloud-off", "is-soon");
      this.timer = window.setTimeout(() => this.now(), RETRY);
    } finally {
      this.busy = false;
    }
    if (this.goesOn) return this.goesOn();
    if (JSON.stringify(filledIn(this.form)) !== this.sent && !this.timer) this.later();
  }

  private post(pairs: Pair[]): Promise<Response> {
    const body = new URLSearchParams([...pairs, ["once", this.once], ["version", this.hidden("version")?.value ?? ""]]);
    return fetch(this.form.dataset.autosave ?? "", {
      method: "POST",
      body,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
      redirect: "manual",
      // A page that is being closed still gets a short text through.
      keepalive: String(body).length < 60000,
    });
  }

  private async take(answer: Response, pairs: Pair[]): Promise<void> {
    if (answer.ok) return this.saved((await answer.json()) as Saved, pairs);
    if (answer.type === "opaqueredirect" || answer.status === 403) return this.signedOut();
    if (answer.status === 409) return this.stale();
    if (answer.status === 422) return this.refused(await answer.json(), pairs);
    throw new Error(String(answer.status));
  }

  private saved(told: Saved, pairs: Pair[]): void {
    const version = this.hidden("version");
    if (version && told.version !== undefined) version.value = String(told.version);
    this.forgetRead(pairs);
    dropCopy(copyKey(this.form));
    this.sent = JSON.stringify(pairs);
    this.once = uuid();
    if (told.url) this.moveTo(told.url, told.autosave ?? told.url);
    this.say(`已自动保存 ${told.saved_at ?? clock()}`, "cloud-check", "is-done");
  }

  /** What I have changed and saved is no longer as I found it: at a conflict it counts as mine (frame/read.py). */
  private forgetRead(pairs: Pair[]): void {
    const read = this.hidden("read");
    const mine = changedNames(this.opened, pairs);
    if (read) read.value = read.value.split(" ").filter((mark) => !mine.has(mark.split(":")[0] ?? "")).join(" ");
  }

  /** A new record has got its own address. */
  private moveTo(url: string, autosave: string): void {
    this.form.action = url;
    this.form.dataset.autosave = autosave;
    history.replaceState(null, "", url);
  }

  private refused(told: { errors?: Record<string, string> }, pairs: Pair[]): void {
    this.sent = JSON.stringify(pairs); // wait for the next change
    this.once = uuid();
    this.say(`还没有保存：${Object.values(told.errors ?? {}).join(" ")}`, "alert-triangle", "is-soon");
  }

  private stale(): void {
    this.stopped = true;
    this.say("他人刚刚修改过这条记录，你填写的内容还没有保存。", "alert-triangle", "is-late");
    this.line.append(button("核对两人的改动", () => this.form.requestSubmit()));
  }

  private signedOut(): void {
    this.say("登录已过期，内容保存在本机。请在新窗口登录，回到这里会自动保存。", "cloud-off", "is-late");
    this.line.append(make("a", { href: "/", target: "_blank", class: "btn btn-sm" }, "去登录"));
    this.timer = window.setTimeout(() => this.now(), RETRY);
  }

  private offerCopy(): void {
    const key = copyKey(this.form);
    const copy = copyOf(key);
    if (!copy || JSON.stringify(copy.pairs) === this.sent) return;
    this.say(`本机有${copy.at}没有送出的内容。`, "history", "is-soon");
    this.line.append(
      button("恢复", () => {
        fillIn(this.form, copy.pairs, copy.labels);
        this.now();
      }),
      button("不要了", () => {
        dropCopy(key);
        this.line.replaceChildren();
      }),
    );
  }

  /** The form itself is being sent: what it holds arrives that way, after what is already on its way. */
  private leave(event: SubmitEvent): void {
    window.clearTimeout(this.timer);
    if (!navigator.onLine) {
      event.preventDefault();
      keepCopy(copyKey(this.form), filledIn(this.form), labelsOf(this.form));
      this.say("网络已断开，内容保存在本机；网络恢复后请再提交。", "cloud-off", "is-late");
      return;
    }
    if (this.busy) {
      event.preventDefault();
      const pressed = event.submitter;
      this.goesOn = () => this.form.requestSubmit(pressed);
      return;
    }
    this.stopped = true;
    dropCopy(copyKey(this.form));
  }

  private hidden(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  }

  private say(words: string, mark: string, state = ""): void {
    this.line.className = `tz-note ${state}`;
    this.line.replaceChildren(icon(mark), words);
  }
}
