// 页面脚本: small improvements of pages that work without them.
import "@tabler/core/dist/css/tabler.css";
import "./styles/index.css";
import { enhanceAutosaves } from "./autosave";
import { watchConfirms } from "./confirm";
import { enhanceCounts } from "./counts";
import { enhanceFills } from "./fill";
import { watchHandovers } from "./hand";
import { watchCells } from "./ledger";
import { watchMenus } from "./menus";
import { watchSubmits } from "./once";
import { enhancePhotos } from "./photos";
import { enhancePins } from "./pins";
import { enhancePickers } from "./picker";
import { enhancePoints } from "./points";
import { startRequests } from "./requests";
import { enhanceToasts } from "./toasts";

function enhance(root: ParentNode): void {
  enhanceToasts(root);
  enhancePickers(root);
  enhancePhotos(root);
  enhancePins(root);
  enhanceFills(root);
  enhancePoints(root);
  enhanceCounts(root);
  enhanceAutosaves(root);
  root.querySelector<HTMLElement>("[data-focus]")?.focus();
}

watchCells();
watchMenus();
watchHandovers();
watchConfirms();
watchSubmits();
startRequests(enhance);
