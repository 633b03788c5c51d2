// 在场: tells the server which section is open here, and shows who has which one open.
import { headers } from "./pictures";

const EVERY = 15000;

interface Told {
  present?: { name: string; section: string }[];
}

/** Say so now and every quarter of a minute, while the page is looked at. */
export function watchPresence(page: HTMLElement): void {
  const beat = async (): Promise<void> => {
    if (document.visibilityState === "hidden") return;
    const body = new URLSearchParams({ section: page.dataset.here ?? "" });
    try {
      const answer = await fetch(page.dataset.presence ?? "", { method: "POST", body, headers: headers(), redirect: "manual" });
      if (answer.ok) show(page, ((await answer.json()) as Told).present ?? []);
    } catch {
      // Offline: who is there is not known.
    }
  };
  void beat();
  window.setInterval(() => void beat(), EVERY);
  document.addEventListener("visibilitychange", () => void beat());
}

function show(page: HTMLElement, present: { name: string; section: string }[]): void {
  for (const link of page.querySelectorAll<HTMLElement>("[data-section]")) {
    const names = present.filter((one) => one.section === link.dataset.section).map((one) => one.name);
    const who = link.querySelector("[data-who]");
    if (who) who.textContent = names.join("、");
  }
  const line = document.querySelector("[data-present]");
  const here = present.filter((one) => one.section === page.dataset.here).map((one) => one.name);
  const there = present.filter((one) => one.section !== page.dataset.here).map((one) => one.name);
  if (!line) return;
  if (here.length) line.textContent = `${here.join("、")}也打开了这一章，请先商量好谁来改。`;
  else line.textContent = there.length ? `${there.join("、")}也在编写这份计划` : "";
}
