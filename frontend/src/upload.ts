// 上传: one file to an address of ours, with progress; the answer is a fragment of the page.
import { csrfToken, uuid } from "./dom";

/** Send `file`; resolves to the fragment the server answers, rejects with a sentence for people. */
export function sendFile(url: string, file: Blob, name: string, told: (percent: number) => void): Promise<string> {
  return new Promise((done, fail) => {
    const body = new FormData();
    body.append("file", file, name.replace(/\.\w+$/, file.type === "image/jpeg" ? ".jpg" : "$&"));
    body.append("once", uuid());
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("HX-Request", "true"); // a fault comes as a short sentence, not as a page
    request.upload.onprogress = (event) => told((100 * event.loaded) / event.total);
    request.onerror = () => fail(new Error("网络不通，请稍后重试。"));
    request.onload = () => (request.status === 200 ? done(request.responseText) : fail(new Error(sentence(request))));
    request.send(body);
  });
}

function sentence(request: XMLHttpRequest): string {
  const words = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("p")?.textContent;
  return request.getResponseHeader("HX-Retarget") && words ? words : "系统没有收下，请稍后重试。";
}
