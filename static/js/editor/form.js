// The fields of the form as one text that can be sent, kept, compared and put back.

// They say where a text belongs, not what it is.
const MARKERS = ["base_version", "draft"];

export function fields(form) {
  return new URLSearchParams(new FormData(form));
}

export function textOf(form) {
  const all = fields(form);
  MARKERS.forEach((name) => all.delete(name));
  return all.toString();
}

// What the page came with, whatever the browser itself has put back into the fields since.
export function textAsLoaded(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return textOf(copy);
}

export function putBack(form, text) {
  form.querySelectorAll("input[type=checkbox][name]").forEach((box) => {
    box.checked = false;
  });
  for (const [name, value] of new URLSearchParams(text)) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function setMarker(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field) field.value = value;
}

export function marker(form, name) {
  return form.elements.namedItem(name)?.value ?? "";
}
