// Enter in a list begins its next item, and an empty item ends the list with an empty line.

import { apply, selected } from "./text.js";

const ITEM = /^(\s*(?:> ?)*)([-*+]|(\d{1,9})([.)]))( \[[ xX]\])? +/;

export function continueLists(field) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const edit = next(selected(field));
    if (!edit) return;
    event.preventDefault();
    apply(field, edit);
  });
}

function next({ value, start, end }) {
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const line = value.slice(first, start);
  const item = ITEM.exec(line);
  if (!item || start !== end) return null;
  const [whole, indent, sign, number, stop, box] = item;
  const rest = value.slice(start).split("\n", 1)[0];
  if (line === whole && !rest.trim()) return { start: first, end: start, text: "\n" };
  const marker = number ? `${Number(number) + 1}${stop}` : sign;
  return { start, end, text: `\n${indent}${marker}${box ? " [ ]" : ""} ` };
}
