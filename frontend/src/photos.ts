// 照片: several at once, scaled down on the phone, sent with progress, captioned, ordered, removed.
import { all, icon, make } from "./dom";
import { sendFile } from "./upload";

const LONGEST = 2560;
const QUALITY = 0.85;

/** Wire every [data-photos]: a list of shots and a file field that sends to data-url. */
export function enhancePhotos(root: ParentNode): void {
  for (const box of all(root, "[data-photos]")) new Photos(box).start();
}

class Photos {
  private readonly list: HTMLElement | null;
  private readonly chooser: HTMLInputElement | null;

  constructor(private readonly box: HTMLElement) {
    this.list = box.querySelector(".tz-shots");
    this.chooser = box.querySelector("input[type=file]");
  }

  start(): void {
    this.chooser?.addEventListener("change", () => void this.take());
    this.list?.addEventListener("click", (event) => this.pressed(event));
  }

  private async take(): Promise<void> {
    const chosen = Array.from(this.chooser?.files ?? []);
    if (this.chooser) this.chooser.value = ""; // the files go now, not with the form
    for (const file of chosen) await this.send(file);
  }

  private async send(file: File): Promise<void> {
    const progress = make("progress", { max: "100", value: "0", "aria-label": `正在上传${file.name}` });
    const waiting = make("li", {}, make("p", { class: "tz-note" }, file.name), progress);
    this.list?.append(waiting);
    try {
      const fragment = await sendFile(this.box.dataset.url ?? "", await smaller(file), file.name, (share) => (progress.value = share));
      waiting.outerHTML = fragment;
      this.changed();
    } catch (fault) {
      waiting.replaceChildren(this.failed(file, fault as Error, waiting));
    }
  }

  private failed(file: File, fault: Error, waiting: HTMLElement): HTMLElement {
    const again = make("button", { type: "button", class: "btn btn-sm" }, icon("refresh"), "重试");
    again.addEventListener("click", () => {
      waiting.remove();
      void this.send(file);
    });
    return make("div", {}, make("p", { class: "tz-fault" }, `${file.name}没有传上：${fault.message}`), again);
  }

  private pressed(event: Event): void {
    const pressed = (event.target as Element).closest<HTMLButtonElement>("button[data-shot]");
    const shot = pressed?.closest("li");
    if (!pressed || !shot) return;
    if (pressed.dataset.shot === "remove") shot.remove();
    if (pressed.dataset.shot === "earlier") shot.previousElementSibling?.before(shot);
    if (pressed.dataset.shot === "later") shot.nextElementSibling?.after(shot);
    if (shot.isConnected) pressed.focus();
    this.changed();
  }

  /** Let autosave and counts know. */
  private changed(): void {
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** A JPEG of at most 2560 px, or the file itself where the browser cannot read it. */
async function smaller(file: File): Promise<Blob> {
  if (!file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (scale === 1 && file.type === "image/jpeg" && file.size < 2_000_000) return file;
    return await drawn(picture, scale);
  } catch {
    return file; // HEIC and the like: the server decides
  }
}

function drawn(picture: ImageBitmap, scale: number): Promise<Blob> {
  const canvas = make("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("空白"))), "image/jpeg", QUALITY),
  );
}
