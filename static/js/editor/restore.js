// Puts a text back that this browser kept and the server never got.

import { putBack, setMarker, textOf } from "./form.js";

export function restore(form, keep, saver) {
  const entry = form.dataset.unsaved ? null : keep.leftover();
  if (!entry) return;
  form.dataset.workingCopy = entry.workingCopy;
  if (entry.text === textOf(form)) return keep.drop();
  setMarker(form, "base_version", entry.version);
  setMarker(form, "draft", entry.draft);
  putBack(form, entry.text);
  form.querySelector("[data-kept]").hidden = false;
  saver.save();
}
