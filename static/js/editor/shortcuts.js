// Keys for what the buttons do: each button names its own in `data-keys`.

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

export function shortcuts(form, save) {
  const buttons = [...form.querySelectorAll("[data-keys]")];
  buttons.forEach(explain);

  document.addEventListener("keydown", (event) => {
    if (!(isApple ? event.metaKey : event.ctrlKey) || event.altKey) return;
    const keys = (event.shiftKey ? "shift+" : "") + event.key.toLowerCase();
    const button = buttons.find((button) => button.dataset.keys === keys);
    if (keys !== "s" && !isFor(button, form)) return;
    event.preventDefault();
    if (keys === "s") save();
    else button.click();
  });

  // Enter goes on in the title and saves elsewhere; it never publishes.
  form.addEventListener("keydown", (event) => {
    const isPlain = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (!isPlain || event.defaultPrevented || !isLine(event.target)) return;
    event.preventDefault();
    if (event.target.name === "title") form.elements.namedItem("content").focus();
    else save();
  });
}

// A tool works on the text, so its keys do only there.
function isFor(button, form) {
  if (!button) return false;
  return !button.dataset.tool || document.activeElement === form.elements.namedItem("content");
}

function isLine(target) {
  return target.matches("input:not([type=checkbox])");
}

function explain(button) {
  const keys = button.dataset.keys.split("+").map((key) => key[0].toUpperCase() + key.slice(1));
  button.setAttribute("aria-keyshortcuts", [isApple ? "Meta" : "Control", ...keys].join("+"));
  const name = button.getAttribute("aria-label") ?? button.textContent.trim();
  button.title = `${name} (${[isApple ? "⌘" : "Ctrl", ...keys].join("+")})`;
}
