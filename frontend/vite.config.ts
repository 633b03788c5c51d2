// Builds the pages' styles and scripts into tizhi/web/static/dist/ under fixed names; Django gives them their hashes.
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import purgecss from "@fullhuman/postcss-purgecss";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

/** One file of all icons that icons.txt names; a page refers to them by name. */
function sprite(): Plugin {
  return {
    name: "icon-sprite",
    generateBundle() {
      const names = readFileSync(`${here}icons.txt`, "utf8").split("\n").filter((line) => /^[a-z]/.test(line));
      this.emitFile({ type: "asset", fileName: "icons.svg", source: `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>` });
    },
  };
}

function symbol(name: string): string {
  const text = readFileSync(`${here}node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const shapes = text.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)?.[1] ?? "";
  const drawn = shapes.replace(/\s*\n\s*/g, "").replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${drawn}</symbol>`;
}

/** Every script but the main one brings its own copy of what it shares with it: Django's hashed names reach no import. */
function oneFileEach(entry: string): Plugin {
  const own = `?own=${entry}`;
  return {
    name: `one-file-of-${entry}`,
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (!importer || !(importer.endsWith(`/src/${entry}.ts`) || importer.endsWith(own))) return null;
      const found = await this.resolve(source, importer.replace(own, ""), { ...options, skipSelf: true });
      return found && found.id.startsWith(`${here}src/`) && !found.id.includes("?") ? { ...found, id: found.id + own } : null;
    },
  };
}

/** Chinese fonts for pictures the server draws, where the system has none; no page asks for them. */
function fonts(): Plugin {
  return {
    name: "fonts-for-the-server",
    closeBundle() {
      const family = `${here}node_modules/@expo-google-fonts/noto-sans-sc`;
      const folder = `${here}../tizhi/fonts`;
      mkdirSync(folder, { recursive: true });
      for (const file of ["400Regular/NotoSansSC_400Regular.ttf", "600SemiBold/NotoSansSC_600SemiBold.ttf", "LICENSE_FONT"]) {
        cpSync(`${family}/${file}`, `${folder}/${file.split("/").pop()}`);
      }
    },
  };
}

/** Of Tabler only what a template, a view or a script names; our own styles stay whole. */
function onlyUsedOfTabler() {
  const purge = purgecss({
    content: [`${here}../tizhi/web/**/*.html`, `${here}../tizhi/web/**/*.py`, `${here}src/**/*.ts`],
    safelist: [/^btn/, /^form-/],
  });
  return {
    postcssPlugin: "only-used-of-tabler",
    OnceExit(root, helpers) {
      return root.source?.input.file?.includes("@tabler") ? purge.OnceExit(root, helpers) : undefined;
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  plugins: [oneFileEach("survey"), oneFileEach("editor"), sprite(), fonts()],
  css: { postcss: { plugins: [onlyUsedOfTabler()] } },
  build: {
    outDir: "../tizhi/web/static/dist",
    emptyOutDir: true,
    modulePreload: false,
    target: ["chrome87", "safari14"],
    rolldownOptions: {
      checks: { eval: false }, // htmx holds one; allowEval:false (requests.ts) and the content policy keep it shut
      input: { main: `${here}src/main.ts`, theme: `${here}src/theme.ts`, survey: `${here}src/survey.ts`, editor: `${here}src/editor.ts` },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
