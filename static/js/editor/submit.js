// Saves before the form is sent, so that no page of an error stands between an author and their text.

// With these the server's next page has the text in it, and says what is wrong.
const GOES_ON = [200, 403, 404, 409, 410, 422];

export function submitting(form, saver) {
  let isSaved = false;
  let isWaiting = false;

  form.addEventListener("submit", async (event) => {
    if (isSaved || saver.isSettled() || event.submitter?.formTarget) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    isSaved = GOES_ON.includes(await saver.settle());
    isWaiting = false;
    if (isSaved) form.requestSubmit(event.submitter);
  });

  addEventListener("pageshow", () => {
    isSaved = false;
  });

  return { isLeaving: () => isSaved };
}
