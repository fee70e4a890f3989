// Changes the text so that the browser's own undo takes it back.

// An edit: `text` in place of what is from `start` to `end`, then the selection.
export function apply(field, { start, end, text, select }) {
  field.focus();
  field.setSelectionRange(start, end);
  const command = text ? "insertText" : "delete";
  const isDone = start === end && !text ? true : document.execCommand(command, false, text);
  if (!isDone) overwrite(field, start, end, text);
  field.setSelectionRange(...(select ?? [start + text.length, start + text.length]));
}

// The same without taking the focus or moving the caret from where somebody writes.
export function applyAside(field, edit) {
  if (document.activeElement !== field) {
    overwrite(field, edit.start, edit.end, edit.text);
    return;
  }
  const moved = (at) => (at < edit.end ? Math.min(at, edit.start) : at + edit.text.length - (edit.end - edit.start));
  const select = [moved(field.selectionStart), moved(field.selectionEnd)];
  apply(field, { ...edit, select });
}

function overwrite(field, start, end, text) {
  field.setRangeText(text, start, end, "preserve");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function selected(field) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  return { value, start, end, text: value.slice(start, end) };
}

export const isAddress = (text) => /^(?:https?:\/\/|mailto:)\S+$/i.test(text.trim());
