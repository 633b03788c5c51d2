// 结构: what a section may hold – the same as the server keeps (base/documents/rich).
import { Mark } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";

/** A mark that is one element, such as ₂ or ². */
function plain(name: string) {
  return Mark.create({ name, parseHTML: () => [{ tag: name }], renderHTML: () => [name, 0] });
}

export const extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4] },
    code: false,
    codeBlock: false,
    horizontalRule: false,
    trailingNode: false,
    link: { openOnClick: false, autolink: false, protocols: ["http", "https", "mailto"], HTMLAttributes: { target: null, rel: null } },
  }),
  plain("sub"),
  plain("sup"),
  Image,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
];
