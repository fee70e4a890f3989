// An address pasted over words makes them a link.

import { apply, isAddress, selected } from "./text.js";

export function pasteLinks(field) {
  field.addEventListener("paste", (event) => {
    const address = event.clipboardData.getData("text/plain").trim();
    const { start, end, text } = selected(field);
    if (!isAddress(address) || !text.trim() || text.includes("\n") || isAddress(text)) return;
    event.preventDefault();
    apply(field, { start, end, text: `[${text}](${address})` });
  });
}
