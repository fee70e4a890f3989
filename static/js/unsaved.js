// Asks before a page with unsaved text is left.

const form = document.querySelector("form.editor");

let unsaved = form.dataset.unsaved === "yes";

form.addEventListener("input", () => {
  unsaved = true;
});

form.addEventListener("submit", () => {
  unsaved = false;
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) {
    event.preventDefault();
  }
});
