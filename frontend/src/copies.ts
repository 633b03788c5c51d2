// 本机副本: what is typed stays in the browser until the server has it; per form address and per person.
import type { Labels, Pair } from "./fields";

interface Copy {
  at: string;
  pairs: Pair[];
  labels: Labels;
}

/** Where the copy of this form lies. */
export function copyKey(form: HTMLFormElement): string {
  return `draft:${document.body.dataset.user ?? ""}:${form.dataset.autosave ?? ""}`;
}

/** Keep what is filled in. */
export function keepCopy(key: string, pairs: Pair[], labels: Labels): void {
  try {
    localStorage.setItem(key, JSON.stringify({ at: clock(), pairs, labels } satisfies Copy));
  } catch {
    // Full or forbidden: the server still gets it as soon as the network is back.
  }
}

/** The copy kept earlier, if there is one. */
export function copyOf(key: string): Copy | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Copy | null;
  } catch {
    return null;
  }
}

/** The server has it. */
export function dropCopy(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** 11:16 */
export function clock(): string {
  return new Date().toTimeString().slice(0, 5);
}
