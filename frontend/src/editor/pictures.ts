// 图片: sent when it is put in, scaled down as photos are; the server answers where it lies.
const LONGEST = 2560;

/** The address of the picture, once the server has it; rejects with a sentence. */
export async function sendPicture(url: string, file: File): Promise<string> {
  const body = new FormData();
  const picture = await smaller(file);
  body.append("file", picture, picture === file ? file.name : file.name.replace(/\.\w+$/, ".jpg"));
  let answer: Response;
  try {
    answer = await fetch(url, { method: "POST", body, headers: headers(), redirect: "manual" });
  } catch {
    throw new Error("网络不通，图片没有传上，请稍后重试。");
  }
  if (answer.type === "opaqueredirect") throw new Error("登录已过期，请在新窗口登录后重试。");
  const told = (await answer.json().catch(() => ({}))) as { src?: string; error?: string };
  if (!answer.ok || !told.src) throw new Error(told.error ?? "系统没有收下这张图片，请换一张重试。");
  return told.src;
}

/** What lets a POST through. */
export function headers(): Record<string, string> {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  return { "X-CSRFToken": token, "X-Requested-With": "fetch", Accept: "application/json" };
}

async function smaller(file: File): Promise<Blob> {
  if (file.size < 1024 * 1024) return file;
  try {
    const drawn = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
