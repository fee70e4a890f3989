// The row of tools: one stop for the Tab key, arrows between them (the toolbar pattern of the ARIA guide).

import * as format from "./format.js";
import { apply, selected } from "./text.js";

export function toolbar(form, chooseFiles) {
  const field = form.elements.namedItem("content");
  const bar = form.querySelector("[role=toolbar]");
  const tools = [...bar.querySelectorAll("button")];

  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("button")?.dataset.tool;
    if (tool === "image") chooseFiles();
    else if (tool) apply(field, format[tool](selected(field)));
  });
  // The text keeps its selection, and a phone its keyboard.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => {
    const next = neighbour(tools, document.activeElement, event.key);
    if (!next) return;
    event.preventDefault();
    moveStop(tools, next);
    next.focus();
  });
  moveStop(tools, tools[0]);
  bar.dataset.ready = "";
}

function neighbour(tools, current, key) {
  const at = tools.indexOf(current);
  const isBackwards = getComputedStyle(current).direction === "rtl";
  const step = { ArrowRight: isBackwards ? -1 : 1, ArrowLeft: isBackwards ? 1 : -1 }[key];
  if (key === "Home") return tools[0];
  if (key === "End") return tools.at(-1);
  return step && tools[(at + step + tools.length) % tools.length];
}

function moveStop(tools, stop) {
  tools.forEach((tool) => {
    tool.tabIndex = tool === stop ? 0 : -1;
  });
}
