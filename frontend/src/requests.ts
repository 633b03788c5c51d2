// 局部更新: what htmx does with failures, empty filters and a lost network.
import htmx from "htmx.org";
import { toast } from "./toasts";

interface Swap {
  xhr: XMLHttpRequest;
  shouldSwap: boolean;
  isError: boolean;
}

/** Set htmx up; `enhance` is called for the page and for every fragment that comes in. */
export function startRequests(enhance: (root: ParentNode) => void): void {
  Object.assign(htmx.config, {
    includeIndicatorStyles: false, // the content policy allows no inline style
    attributesToSettle: ["class", "width", "height"], // nor one set by a script
    allowEval: false,
    historyCacheSize: 0, // pages hold personal data: none is kept in the browser, going back asks the server
    refreshOnHistoryMiss: true,
  });
  htmx.onLoad((element) => enhance(element as HTMLElement));
  on<Swap>("htmx:beforeSwap", (swap) => {
    // A failure by design carries the place where its sentence goes (HX-Retarget).
    if (swap.xhr.status < 400 || !swap.xhr.getResponseHeader("HX-Retarget")) return;
    swap.shouldSwap = true;
    swap.isError = false;
  });
  on<{ xhr: XMLHttpRequest }>("htmx:responseError", () => toast("系统没有办理成功，请刷新页面后重试。", "error"));
  on("htmx:sendError", () => toast("网络不通，没有办理。请稍后重试。", "error"));
  on<{ verb: string; parameters: FormData }>("htmx:configRequest", ({ verb, parameters }) => {
    if (verb !== "get") return;
    for (const [name, value] of Array.from(parameters.entries())) if (value === "") parameters.delete(name);
  });
}

function on<D>(name: string, act: (detail: D) => void): void {
  document.addEventListener(name, (event) => act((event as CustomEvent<D>).detail));
}
