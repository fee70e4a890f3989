// With a date to come the button says what it does then.

export function nameSchedule(form) {
  const button = form.querySelector("[data-publish]");
  const date = form.elements.namedItem("publish_at");
  if (!button || !date) return;
  const name = button.textContent;
  const show = () => {
    button.textContent = date.value > nowIn(form.dataset.zone) ? "Schedule" : name;
  };
  date.addEventListener("input", show);
  show();
}

// As `datetime-local` writes it; so does Swedish.
function nowIn(timeZone) {
  return new Date().toLocaleString("sv-SE", { timeZone }).replace(" ", "T");
}
