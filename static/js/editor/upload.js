// Sends pictures that are pasted, dropped or chosen, and puts their Markdown where they were put.

import { apply, applyAside, selected } from "./text.js";

const PLACE = "/admin/media";

export function uploads(field, state) {
  let queue = Promise.resolve();

  function take(files) {
    state.note("");
    for (const file of files) {
      const placeholder = insertPlaceholder(field, file.name || "picture");
      queue = queue.then(() => replacePlaceholder(field, placeholder, file, state));
    }
  }

  field.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  field.form.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  field.form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });

  return function choose() {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/*,audio/*,video/*";
    chooser.multiple = true;
    chooser.addEventListener("change", () => take(chooser.files));
    chooser.click();
  };
}

// Two pictures may have one name; their places must not.
function insertPlaceholder(field, name) {
  const clean = name.replace(/[[\]\\]/g, "");
  let placeholder = `![Uploading ${clean}…]()`;
  for (let count = 2; field.value.includes(placeholder); count += 1) {
    placeholder = `![Uploading ${clean} (${count})…]()`;
  }
  const { value, start, end } = selected(field);
  const before = start > 0 && value[start - 1] !== "\n" ? "\n\n" : "";
  const after = end < value.length && value[end] !== "\n" ? "\n\n" : "\n";
  apply(field, { start, end, text: before + placeholder + after });
  return placeholder;
}

async function replacePlaceholder(field, placeholder, file, state) {
  const { markdown, error } = await send(file);
  const start = field.value.indexOf(placeholder);
  if (error) state.note(`${file.name} is not uploaded: ${error}`);
  if (start < 0) return;
  const edit = { start, end: start + placeholder.length, text: markdown ?? "" };
  // Whoever has gone on writing is left alone; else the words for those who cannot see it come next.
  const between = field.value.slice(edit.end, field.selectionStart);
  const isWaiting = document.activeElement === field && field.selectionStart > edit.end && !between.trim();
  const alt = /^!\[([^\]]*)\]/.exec(edit.text)?.[1];
  if (isWaiting && alt !== undefined) apply(field, { ...edit, select: [start + 2, start + 2 + alt.length] });
  else applyAside(field, edit);
}

async function send(file) {
  const body = new FormData();
  body.append("file", file);
  try {
    const response = await fetch(PLACE, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    return response.ok ? { markdown: answer.markdown.trim() } : { error: answer.error };
  } catch {
    return { error: "the blog cannot be reached. Please try again later." };
  }
}
