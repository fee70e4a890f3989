// What the tools do to a text: each takes a selection and gives an edit.

import { isAddress } from "./text.js";

const stars = (text, end) => (end ? /\**$/ : /^\**/).exec(text)[0].length;
const hasBold = (run) => run >= 2;
const hasItalic = (run) => run % 2 === 1;

export const bold = (selection) => mark(selection, "**", hasBold);
export const italic = (selection) => mark(selection, "*", hasItalic);

export function code(selection) {
  const { start, end, text } = selection;
  if (!text.includes("\n")) return mark(selection, "`");
  const block = `\`\`\`\n${text.replace(/\n$/, "")}\n\`\`\`\n`;
  return { start, end, text: block, select: [start + 3, start + 3] };
}

export function link({ start, end, text }) {
  const label = isAddress(text) ? "" : text;
  const address = isAddress(text) ? text.trim() : "https://";
  const place = start + label.length + 3;
  const select = label ? [place, place + address.length] : [start + 1, start + 1];
  return { start, end, text: `[${label}](${address})`, select };
}

// The title of the post is the first heading; in the text come the second and the third.
export const heading = (selection) =>
  eachLine(selection, (line) => {
    if (line.startsWith("### ")) return line.slice(4);
    if (line.startsWith("## ")) return `#${line}`;
    return `## ${line.replace(/^#+ /, "")}`;
  });

export function list(selection) {
  const lines = linesOf(selection).text.split("\n").filter((line) => line.trim());
  const isList = lines.length > 0 && lines.every((line) => line.startsWith("- "));
  return eachLine(selection, (line) => (isList ? line.replace(/^- /, "") : `- ${line}`));
}

// Around the words, or away from around them.
function mark({ value, start, end }, sign, has) {
  const words = value.slice(start, end);
  if (words.trim()) {
    start += words.length - words.trimStart().length;
    end -= words.length - words.trimEnd().length;
  }
  const inner = value.slice(start, end);
  const [before, after] = [value.slice(0, start), value.slice(end)];
  const isMarked = has
    ? has(stars(before, true)) && has(stars(after, false))
    : before.endsWith(sign) && after.startsWith(sign);
  const by = sign.length;
  if (isMarked) {
    return { start: start - by, end: end + by, text: inner, select: [start - by, end - by] };
  }
  return { start, end, text: sign + inner + sign, select: [start + by, end + by] };
}

function linesOf({ value, start, end }) {
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const last = value.indexOf("\n", Math.max(start, end - 1));
  const stop = last < 0 ? value.length : last;
  return { start: first, end: stop, text: value.slice(first, stop) };
}

function eachLine(selection, change) {
  const lines = linesOf(selection);
  const isOne = !lines.text.includes("\n");
  const changed = lines.text.split("\n").map((line) => (line.trim() || isOne ? change(line) : line));
  const text = changed.join("\n");
  const stop = lines.start + text.length;
  const caret = Math.max(lines.start, stop - (lines.end - selection.end));
  return { ...lines, text, select: isOne ? [caret, caret] : [lines.start, stop] };
}
