// Shows the text as the server renders it: one request at a time, and only the newest answer.

const DELAY = 350;
const REMEMBERED = "monograph:preview";
const GONE = "The preview will be back as soon as the blog can be reached and you are signed in.";

// The one place where a text becomes a page. It gets the server's cleaned rendering and nothing else.
const policy = globalThis.trustedTypes?.createPolicy("monograph-preview", { createHTML: (html) => html });

export function preview(form, follow) {
  const button = form.querySelector("[data-preview]");
  const pane = form.querySelector(".editor__preview");
  const { title, content, summary } = form.elements;
  let request = null;
  let timer;
  let shown = null;

  function open(isOpen) {
    pane.hidden = !isOpen;
    form.classList.toggle("editor--preview", isOpen);
    button.setAttribute("aria-pressed", isOpen);
    if (isOpen) refresh();
  }

  async function refresh() {
    const text = [title, content, summary].map((field) => [field.name, field.value]);
    const key = JSON.stringify(text);
    if (pane.hidden || key === shown) return;
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const rendered = await render(text, signal);
      if (signal.aborted) return;
      pane.replaceChildren(...rendered);
      follow();
      shown = key;
    } catch {
      if (!signal.aborted) pane.replaceChildren(GONE);
    }
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    open(pane.hidden);
    remember(!pane.hidden);
  });
  form.addEventListener("input", (event) => {
    if (![title, content, summary].includes(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, DELAY);
  });
  open(remembered());
}

async function render(text, signal) {
  const body = new URLSearchParams(text);
  const response = await fetch("/posts/preview", { method: "POST", body, signal, redirect: "error" });
  const html = await response.text();
  const page = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
  const article = page.querySelector("[data-rendering]");
  setApart(article);
  return article.childNodes;
}

// Headings may be called like our own fields, and a link must not lead away from an unfinished text.
function setApart(article) {
  article.querySelectorAll("[id]").forEach((element) => {
    element.id = `preview-${element.id}`;
  });
  article.querySelectorAll("a[href]").forEach((link) => {
    const address = link.getAttribute("href");
    if (address.startsWith("#")) link.setAttribute("href", `#preview-${address.slice(1)}`);
    else link.target = "_blank";
  });
}

function remember(isOpen) {
  try {
    localStorage.setItem(REMEMBERED, isOpen ? "open" : "closed");
  } catch {
    // Then it is closed next time.
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "open";
  } catch {
    return false;
  }
}
