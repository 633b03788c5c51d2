// 批注: draws where comments are pinned in the text of a plan, and pins a new one to what was marked.
import { all, button } from "./dom";

const AROUND = 40;

/** Wire every [data-plan]. */
export function enhancePins(root: ParentNode): void {
  for (const page of all<HTMLElement>(root, "[data-plan]")) new Pins(page).start();
}

interface Place {
  node: Text;
  at: number;
}

class Pins {
  private offer: HTMLElement | null = null;

  constructor(private readonly page: HTMLElement) {}

  start(): void {
    for (const pin of all<HTMLElement>(this.page, "[data-pin]")) if (pin.dataset.quote) this.draw(pin);
    for (const one of all<HTMLButtonElement>(this.page, "[data-comment-on]")) {
      one.addEventListener("click", () => this.begin(one.dataset.commentOn ?? "", "", "", ""));
    }
    if (this.page.dataset.mayComment === undefined) return;
    document.addEventListener("selectionchange", () => this.marked());
  }

  /** The passage is found by its words and what stands around it; if it has changed, the quote at the side says it. */
  private draw(pin: HTMLElement): void {
    const text = this.page.querySelector(`section[data-section="${pin.dataset.section ?? ""}"] [data-text]`);
    const range = text && found(text, pin.dataset.quote ?? "", pin.dataset.before ?? "");
    if (!range) return;
    const number = pin.dataset.pin ?? "";
    let last: HTMLElement | null = null;
    for (const [node, from, to] of range) last = wrapped(node, from, to, pin);
    const mark = document.createElement("sup");
    mark.textContent = number;
    last?.append(mark);
    for (const one of all<HTMLElement>(this.page, `mark[data-for="${pin.id}"]`)) {
      one.addEventListener("click", () => {
        for (const other of all<HTMLElement>(this.page, ".tz-pin.on")) other.classList.remove("on");
        pin.classList.add("on");
        pin.scrollIntoView({ block: "center" });
      });
    }
  }

  private marked(): void {
    const chosen = document.getSelection();
    const range = chosen && chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const text = range && this.textOf(range);
    const quote = range ? squeezed(range.toString()) : "";
    this.offer?.remove();
    this.offer = null;
    if (!range || !text || quote.length < 2 || quote.length > 500) return;
    const section = text.closest<HTMLElement>("section[data-section]")?.dataset.section ?? "";
    const [before, after] = around(text, range);
    const place = range.getBoundingClientRect();
    this.offer = button("对这段提意见", () => this.begin(section, quote, before, after), "message");
    this.offer.classList.add("tz-pin-here");
    this.offer.style.left = `${Math.max(8, place.left + window.scrollX)}px`;
    this.offer.style.top = `${place.bottom + window.scrollY + 6}px`;
    // The press must not undo the marking before it is read.
    this.offer.addEventListener("mousedown", (event) => event.preventDefault());
    document.body.append(this.offer);
  }

  private textOf(range: Range): Element | null {
    const node = range.commonAncestorContainer;
    const element = node instanceof Element ? node : node.parentElement;
    const text = element?.closest("[data-text]") ?? null;
    return text && this.page.contains(text) ? text : null;
  }

  private begin(section: string, quote: string, before: string, after: string): void {
    const form = this.page.querySelector<HTMLFormElement>("#comment-form");
    if (!form) return;
    const given: Record<string, string> = { section, quote, before, after };
    for (const [name, value] of Object.entries(given)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
    const shown = form.querySelector<HTMLElement>("[data-quote]");
    if (shown) {
      shown.hidden = !quote;
      shown.textContent = quote ? `“${quote}”` : "";
    }
    this.offer?.remove();
    const text = form.elements.namedItem("text");
    form.scrollIntoView({ block: "center" });
    if (text instanceof HTMLTextAreaElement) text.focus();
  }
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Where `quote` stands in the text, as pieces of its nodes; the place that follows `before` is preferred. */
function found(text: Element, quote: string, before: string): [Text, number, number][] | null {
  const places = placesOf(text);
  const whole = places.map((one) => one.node.data[one.at]).join("");
  const wanted = quote.replace(/\s+/g, "");
  const prefix = before.replace(/\s+/g, "");
  let at = prefix ? whole.indexOf(prefix + wanted) : -1;
  at = at >= 0 ? at + prefix.length : whole.indexOf(wanted);
  if (!wanted || at < 0) return null;
  const pieces: [Text, number, number][] = [];
  for (const { node, at: index } of places.slice(at, at + wanted.length)) {
    const last = pieces[pieces.length - 1];
    if (last && last[0] === node) last[2] = index + 1;
    else pieces.push([node, index, index + 1]);
  }
  return pieces.reverse().sort((a, b) => (a[0].compareDocumentPosition(b[0]) & 4 ? -1 : 1));
}

/** Every character of the text that is no blank, and where it stands. */
function placesOf(text: Element): Place[] {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const places: Place[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.parentElement?.tagName === "SUP" && node.parentElement.closest("mark")) continue;
    for (let at = 0; at < node.data.length; at += 1) if (!/\s/.test(node.data[at] ?? "")) places.push({ node, at });
  }
  return places;
}

function wrapped(node: Text, from: number, to: number, pin: HTMLElement): HTMLElement {
  const mark = document.createElement("mark");
  mark.dataset.for = pin.id;
  if (pin.dataset.settled !== undefined) mark.classList.add("is-settled");
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  range.surroundContents(mark);
  return mark;
}

/** What stands right before and after the marked passage. */
function around(text: Element, range: Range): [string, string] {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.selectNodeContents(text);
  after.setStart(range.endContainer, range.endOffset);
  return [squeezed(before.toString()).slice(-AROUND), squeezed(after.toString()).slice(0, AROUND)];
}
