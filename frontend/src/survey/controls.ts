// 问卷控件: what the controls of the page say, as answers by question.
import { all } from "../dom";
import type { Answers, Form, Question } from "./rules";

/** The answers as they stand on the page. */
export function answersOf(form: HTMLFormElement, told: Form): Answers {
  const data = new FormData(form);
  const answers: Answers = {};
  for (const one of told.pages.flatMap((page) => page.questions)) {
    answers[one.id] = answerOf(one, data, form);
    if (one.other) answers[`${one.id}.other`] = String(data.get(`${one.id}.other`) ?? "");
  }
  return answers;
}

function answerOf(one: Question, data: FormData, form: HTMLFormElement): Answers[string] {
  const value = String(data.get(one.id) ?? "").trim();
  switch (one.kind) {
    case "multiple": return data.getAll(one.id).map(String);
    case "matrix": return rowsOf(one, data);
    case "scale": return value ? Number(value) : undefined;
    case "number": return value ? Number(value.replace(/[,，]/g, "")) : undefined;
    case "file": return filesOf(one, form);
    default: return value;
  }
}

function rowsOf(one: Question, data: FormData): Record<string, string> {
  const found: Record<string, string> = {};
  for (const row of one.rows ?? []) {
    const value = data.get(`${one.id}.${row.id}`);
    if (value) found[row.id] = String(value);
  }
  return found;
}

/** What lies on the server and is not to be taken away, and what is chosen to be sent. */
function filesOf(one: Question, form: HTMLFormElement): string[] {
  const kept = all<HTMLInputElement>(form, `input[name="${one.id}.remove"]`).filter((box) => !box.checked);
  const chosen = form.querySelector<HTMLInputElement>(`input[type="file"][name="${one.id}"]`)?.files ?? [];
  return [...kept.map((box) => box.value), ...Array.from(chosen, (file) => file.name)];
}
