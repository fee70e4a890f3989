// Completes the tag under the caret (the combobox pattern of the ARIA guide, with a list).

const MOST = 8;

export function completeTags(field, known) {
  const list = document.createElement("ul");
  list.id = `${field.id}-known`;
  list.className = "choices";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Known tags");
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let active = -1;

  function offer() {
    if (document.activeElement !== field) return;
    const { typed, others } = tagAt(field);
    const fits = typed ? known.filter((tag) => begins(tag, typed) && !others.includes(fold(tag))) : [];
    list.replaceChildren(...fits.slice(0, MOST).map(option));
    list.hidden = fits.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function choose(index) {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = list.children[index];
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function option(tag, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.textContent = tag;
    return item;
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function take(tag) {
    const { start, end } = tagAt(field);
    field.setRangeText(`${start ? " " : ""}${tag}, `, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    close();
  }

  field.addEventListener("input", offer);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") choose((active + 1) % count);
    else if (event.key === "ArrowUp") choose((active <= 0 ? count : active) - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) take(list.children[active].textContent);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, which would close the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(item.textContent);
  });
}

// The tag the caret is in, what of it is typed, and the other tags of the field.
function tagAt({ value, selectionStart }) {
  const start = value.lastIndexOf(",", selectionStart - 1) + 1;
  const comma = value.indexOf(",", selectionStart);
  const end = comma < 0 ? value.length : comma + 1;
  const others = (value.slice(0, start) + value.slice(end)).split(",").map(fold);
  return { start, end, typed: fold(value.slice(start, selectionStart)), others };
}

function fold(text) {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// At the beginning of any of its words.
function begins(tag, typed) {
  return fold(tag).startsWith(typed) || fold(tag).includes(` ${typed}`);
}
