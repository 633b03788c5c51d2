// 粘贴: text copied from Word, WPS or a web page – headings, lists and tables stay, everything else goes.
const DROPPED = "style, script, meta, link, title, xml, noscript, iframe, object, svg, hr, img:not([src^='/files/'])";
const KEPT = new Set(["colspan", "rowspan", "href", "src", "alt"]);
const LIST = /mso-list|MsoListParagraph/i;
const ORDINAL = /^\s*[(（]?(\d+|[a-zA-Z]|[ivxIVX]+|[一二三四五六七八九十]+)[.)）、．]/;

/** The pasted HTML, reduced. */
export function cleaned(html: string): string {
  const body = new DOMParser().parseFromString(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/g, ""), "text/html").body;
  for (const one of body.querySelectorAll(DROPPED)) one.remove();
  listsOf(body);
  headingsOf(body);
  for (const one of Array.from(body.querySelectorAll("*"))) tidied(one);
  const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const one of found) one.parentNode?.removeChild(one);
  return body.innerHTML;
}

/** Word writes a list as paragraphs with a typed mark: put them into lists again. */
function listsOf(body: HTMLElement): void {
  let list = null as HTMLElement | null;
  for (const line of Array.from(body.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6, table"))) {
    const isItem = line.tagName === "P" && LIST.test(`${line.className} ${line.getAttribute("style") ?? ""}`);
    const mark = isItem ? markOf(line) : "";
    if (!isItem || !mark) {
      list = null;
      continue;
    }
    const kind = ORDINAL.test(mark) ? "ol" : "ul";
    const follows = line.previousElementSibling === list;
    if (!list || !follows || list.tagName.toLowerCase() !== kind) {
      list = document.createElement(kind);
      line.before(list);
    }
    const item = document.createElement("li");
    item.innerHTML = line.innerHTML;
    list.append(item);
    line.remove();
  }
}

/** The typed mark of a list line, taken off it. */
function markOf(line: HTMLElement): string {
  for (const span of line.querySelectorAll<HTMLElement>("span")) {
    if (!/mso-list\s*:\s*ignore/i.test(span.getAttribute("style") ?? "")) continue;
    const mark = (span.textContent ?? "").trim();
    span.remove();
    return mark || "·";
  }
  return "";
}

/** The topmost headings become 小标题, those below them 次级标题: the section itself is the heading above. */
function headingsOf(body: HTMLElement): void {
  const found = Array.from(body.querySelectorAll("h1, h2, h3, h4, h5, h6"));
  const top = Math.min(...found.map((one) => Number(one.tagName[1])));
  for (const one of found) {
    const made = document.createElement(Number(one.tagName[1]) === top ? "h3" : "h4");
    made.innerHTML = one.innerHTML;
    one.replaceWith(made);
  }
}

function tidied(one: Element): void {
  const style = one.getAttribute("style") ?? "";
  if (/^(SPAN|FONT)$/.test(one.tagName)) {
    const isBold = /font-weight\s*:\s*(bold|[6-9]00)/i.test(style);
    const made = document.createElement(isBold ? "strong" : "span");
    made.append(...Array.from(one.childNodes));
    if (isBold) one.replaceWith(made);
    else one.replaceWith(...Array.from(made.childNodes));
    return;
  }
  if (one.tagName.includes(":")) return one.replaceWith(...Array.from(one.childNodes));
  for (const attribute of Array.from(one.attributes)) if (!KEPT.has(attribute.name)) one.removeAttribute(attribute.name);
}
