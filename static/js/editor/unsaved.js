// Asks before a page is left whose text is neither on the server nor kept in this browser.

export function askBeforeLeaving(saver, keep, submission) {
  addEventListener("beforeunload", (event) => {
    if (submission.isLeaving() || !saver.isDirty()) return;
    keep.now();
    if (!keep.holds()) event.preventDefault();
  });
}
