// 编辑器: one section of a plan, written as it will be read. It fills the form's plain textarea, which autosave.ts keeps.
// Loaded by the pages that write; it imports nothing that other bundles hold, so that it stays one file.
import { Editor } from "@tiptap/core";
import { extensions } from "./editor/extensions";
import { cleaned } from "./editor/paste";
import { sendPicture } from "./editor/pictures";
import { watchPresence } from "./editor/presence";
import { Toolbar } from "./editor/toolbar";

const MOST = 30000;

function start(box: HTMLElement): void {
  const source = box.closest("form")?.querySelector<HTMLTextAreaElement>("[data-source]");
  if (!source) return;
  const ground = document.createElement("div");
  const foot = document.createElement("p");
  foot.className = "tz-editor-foot tz-note";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const count = document.createElement("span");
  foot.append(said, count);

  const editor = new Editor({
    element: ground,
    extensions,
    content: source.value,
    injectCSS: false, // the content policy allows no styles of ours in the page
    editorProps: {
      attributes: { class: "tz-rich", role: "textbox", "aria-multiline": "true", "aria-label": `${box.dataset.label ?? ""}正文` },
      transformPastedHTML: cleaned,
      handlePaste: (_view, event) => take(event.clipboardData?.files),
      handleDrop: (_view, event) => take((event as DragEvent).dataTransfer?.files),
    },
    onUpdate: () => {
      source.value = editor.isEmpty ? "" : editor.getHTML();
      source.dispatchEvent(new Event("input", { bubbles: true }));
      told();
    },
    onSelectionUpdate: () => toolbar.refresh(),
    onTransaction: () => toolbar.refresh(),
  });

  function told(): void {
    const length = editor.getText().replace(/\s/g, "").length;
    count.textContent = `${length.toLocaleString("zh-CN")}字`;
    if (length > MOST) said.textContent = `超过${MOST.toLocaleString("zh-CN")}字的上限，请精简`;
    else if (said.textContent?.includes("上限")) said.textContent = "";
  }

  function take(files: FileList | null | undefined): boolean {
    const pictures = Array.from(files ?? []).filter((file) => file.type.startsWith("image/"));
    for (const file of pictures) void put(file);
    return pictures.length > 0;
  }

  async function put(file: File): Promise<void> {
    said.textContent = `正在上传${file.name}…`;
    try {
      const src = await sendPicture(box.dataset.pictures ?? "", file);
      editor.chain().focus().setImage({ src, alt: file.name.replace(/\.\w+$/, "") }).run();
      said.textContent = "图片已插入。";
    } catch (fault) {
      said.textContent = (fault as Error).message;
    }
  }

  const toolbar = new Toolbar(editor, (file) => void put(file));
  box.append(toolbar.element, ground, foot);
  // 用我的, 用对方的, 恢复: others put a text into the textarea.
  source.addEventListener("change", () => {
    if (source.value !== editor.getHTML()) editor.commands.setContent(source.value, { emitUpdate: false });
    told();
  });
  toolbar.refresh();
  told();
}

for (const box of document.querySelectorAll<HTMLElement>("[data-editor]")) start(box);
for (const page of document.querySelectorAll<HTMLElement>("[data-presence]")) watchPresence(page);
