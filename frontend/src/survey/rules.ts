// 问卷规则: what is asked and what is wrong with answers – as tizhi/pipeline/surveys/rules.py decides it.
// Both are held to one table of cases (tests/surveys/cases.json).

export type Answer = string | number | string[] | Record<string, string> | undefined;
export type Answers = Record<string, Answer>;

export interface Rule {
  all?: Rule[];
  any?: Rule[];
  question?: string;
  is?: string;
  value?: string | number;
}

export interface Option {
  id: string;
  text: string;
  exclusive?: boolean;
}

export interface Question {
  id: string;
  kind: string;
  required?: boolean;
  show?: Rule | null;
  options?: Option[];
  rows?: Option[];
  other?: boolean;
  first?: number;
  last?: number;
  least?: number | null;
  most?: number | null;
  decimals?: number;
  long?: boolean;
}

export interface Page {
  id: string;
  show?: Rule | null;
  questions: Question[];
}

export interface Form {
  pages: Page[];
}

const OTHER = "other";
const MOST_FILES = 3;

/** The ids of the questions that are asked; what is hidden counts as not answered. */
export function visible(form: Form, answers: Answers): Set<string> {
  const seen = new Set<string>();
  const told: Answers = {};
  for (const page of form.pages) {
    const open = holds(page.show, told);
    for (const one of page.questions) {
      if (!open || !holds(one.show, told)) continue;
      seen.add(one.id);
      if (isAnswered(answers[one.id])) told[one.id] = answers[one.id];
    }
  }
  return seen;
}

function holds(rule: Rule | null | undefined, answers: Answers): boolean {
  if (!rule) return true;
  if (rule.all) return rule.all.every((one) => holds(one, answers));
  if (rule.any) return rule.any.some((one) => holds(one, answers));
  const answer = answers[rule.question ?? ""];
  return isAnswered(answer) && compare(rule.is ?? "", answer, rule.value);
}

function compare(test: string, answer: Answer, value: string | number | undefined): boolean {
  if (test === "contains" || test === "lacks") {
    const chosen: unknown[] = Array.isArray(answer) ? answer : [answer];
    return chosen.includes(value) === (test === "contains");
  }
  if (test === "equals") return answer === value;
  if (typeof answer !== "number" || typeof value !== "number") return false;
  switch (test) {
    case "greater": return answer > value;
    case "less": return answer < value;
    case "at-least": return answer >= value;
    case "at-most": return answer <= value;
    default: return false;
  }
}

/** Whether something was said: 0 is said, an empty text or list is not. */
export function isAnswered(answer: Answer): boolean {
  if (answer === undefined || answer === null || answer === "") return false;
  if (Array.isArray(answer)) return answer.length > 0;
  return typeof answer !== "object" || Object.keys(answer).length > 0;
}

/** What keeps the answers from being handed in, by question; only of what is seen. */
export function faults(form: Form, answers: Answers): Record<string, string> {
  const seen = visible(form, answers);
  const found: Record<string, string> = {};
  for (const one of form.pages.flatMap((page) => page.questions)) {
    const sentence = seen.has(one.id) ? faultOf(one, answers) : "";
    if (sentence) found[one.id] = sentence;
  }
  return found;
}

const MISSING: Record<string, string> = {
  single: "请选择", multiple: "请选择", scale: "请打分", matrix: "请为每一行选择", number: "请填写", text: "请填写",
  file: "请上传文件",
};

function faultOf(one: Question, answers: Answers): string {
  const answer = answers[one.id];
  if (!isAnswered(answer)) return one.required ? MISSING[one.kind] ?? "" : "";
  if (one.kind === "single" || one.kind === "multiple") return faultOfChoice(one, answer, answers[`${one.id}.${OTHER}`]);
  if (one.kind === "matrix") {
    const whole = (one.rows ?? []).every((row) => row.id in (answer as Record<string, string>));
    return whole || !one.required ? "" : MISSING.matrix ?? "";
  }
  if (one.kind === "scale" || one.kind === "number") return faultOfFigure(one, answer);
  if (one.kind === "text") return [...String(answer)].length > lengthOf(one) ? `不超过${lengthOf(one)}字` : "";
  return (answer as string[]).length > MOST_FILES ? `最多上传${MOST_FILES}个文件` : "";
}

function lengthOf(one: Question): number {
  return one.most ? Math.trunc(one.most) : one.long ? 2000 : 200;
}

function faultOfChoice(one: Question, answer: Answer, other: Answer): string {
  const chosen = Array.isArray(answer) ? answer : [String(answer)];
  if (chosen.includes(OTHER) && !String(other ?? "").trim()) return "选了“其他”，请写明内容";
  const alone = (one.options ?? []).find((option) => option.exclusive && chosen.includes(option.id));
  if (alone && chosen.length > 1) return `“${alone.text}”不能与其他选项同时选`;
  if (one.kind === "multiple" && one.most && chosen.length > one.most) return `最多选${Math.trunc(one.most)}项`;
  return "";
}

function faultOfFigure(one: Question, answer: Answer): string {
  if (typeof answer !== "number" || Number.isNaN(answer)) return "请填数字";
  if (one.kind === "scale") return answer >= (one.first ?? 1) && answer <= (one.last ?? 5) ? "" : "请重新打分";
  if (one.least != null && answer < one.least) return `不能小于${one.least}`;
  if (one.most != null && answer > one.most) return `不能大于${one.most}`;
  const places = one.decimals ?? 0;
  if (Number(answer.toFixed(places)) !== answer) return places ? `最多${places}位小数` : "请填整数";
  return "";
}
