// 工具栏: a button per format, in words; arrow keys go from one to the next, as in every toolbar.
import type { Editor } from "@tiptap/core";

interface Tool {
  words: string;
  title: string;
  act: (editor: Editor) => void;
  on?: (editor: Editor) => boolean;
  inTable?: boolean;
}

const GAP = null;
const TOOLS: (Tool | null)[] = [
  { words: "小标题", title: "小标题", act: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(), on: (e) => e.isActive("heading", { level: 3 }) },
  { words: "次级标题", title: "次级标题", act: (e) => e.chain().focus().toggleHeading({ level: 4 }).run(), on: (e) => e.isActive("heading", { level: 4 }) },
  GAP,
  { words: "加粗", title: "加粗（Ctrl+B）", act: (e) => e.chain().focus().toggleBold().run(), on: (e) => e.isActive("bold") },
  { words: "斜体", title: "斜体（Ctrl+I）", act: (e) => e.chain().focus().toggleItalic().run(), on: (e) => e.isActive("italic") },
  { words: "下划线", title: "下划线（Ctrl+U）", act: (e) => e.chain().focus().toggleUnderline().run(), on: (e) => e.isActive("underline") },
  GAP,
  { words: "项目符号", title: "项目符号列表", act: (e) => e.chain().focus().toggleBulletList().run(), on: (e) => e.isActive("bulletList") },
  { words: "编号", title: "编号列表", act: (e) => e.chain().focus().toggleOrderedList().run(), on: (e) => e.isActive("orderedList") },
  GAP,
  { words: "表格", title: "插入表格（3行3列）", act: (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
  { words: "加一行", title: "在下方加一行", inTable: true, act: (e) => e.chain().focus().addRowAfter().run() },
  { words: "加一列", title: "在右侧加一列", inTable: true, act: (e) => e.chain().focus().addColumnAfter().run() },
  { words: "删行", title: "删除本行", inTable: true, act: (e) => e.chain().focus().deleteRow().run() },
  { words: "删列", title: "删除本列", inTable: true, act: (e) => e.chain().focus().deleteColumn().run() },
  { words: "合并拆分", title: "合并或拆分单元格", inTable: true, act: (e) => e.chain().focus().mergeOrSplit().run() },
  { words: "删表格", title: "删除整个表格", inTable: true, act: (e) => e.chain().focus().deleteTable().run() },
];

/** The toolbar of one editor. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly made: [Tool, HTMLButtonElement][] = [];

  constructor(private readonly editor: Editor, put: (file: File) => void) {
    this.element = document.createElement("div");
    this.element.className = "tz-editor-bar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", "格式");
    for (const tool of TOOLS) this.element.append(tool ? this.button(tool) : gap());
    this.element.append(this.picture(put), gap());
    for (const tool of this.back()) this.element.append(this.button(tool));
    this.element.addEventListener("keydown", (event) => this.moved(event));
    this.buttons().forEach((one, index) => (one.tabIndex = index ? -1 : 0));
  }

  /** Show which formats hold where the cursor stands. */
  refresh(): void {
    const inTable = this.editor.isActive("table");
    for (const [tool, button] of this.made) {
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on(this.editor)));
      if (tool.inTable) button.hidden = !inTable;
    }
  }

  private back(): Tool[] {
    return [
      { words: "撤销", title: "撤销（Ctrl+Z）", act: (e) => e.chain().focus().undo().run() },
      { words: "重做", title: "重做（Ctrl+Y）", act: (e) => e.chain().focus().redo().run() },
    ];
  }

  private button(tool: Tool): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = tool.words;
    made.title = tool.title;
    made.addEventListener("click", () => tool.act(this.editor));
    this.made.push([tool, made]);
    return made;
  }

  private picture(put: (file: File) => void): HTMLElement {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/jpeg,image/png,image/webp";
    chooser.hidden = true;
    chooser.addEventListener("change", () => {
      for (const file of Array.from(chooser.files ?? [])) put(file);
      chooser.value = "";
    });
    const made = this.button({ words: "图片", title: "插入图片", act: () => chooser.click() });
    const both = document.createElement("span");
    both.append(made, chooser);
    return both;
  }

  private buttons(): HTMLButtonElement[] {
    return this.made.map(([, button]) => button).sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
  }

  private moved(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = this.buttons().filter((one) => !one.hidden);
    const place = shown.indexOf(document.activeElement as HTMLButtonElement);
    const next = shown[(place + step + shown.length) % shown.length];
    if (place < 0 || !next) return;
    event.preventDefault();
    for (const one of shown) one.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

function gap(): HTMLElement {
  const made = document.createElement("span");
  made.className = "gap";
  made.setAttribute("aria-hidden", "true");
  return made;
}
