// Sends the text to the server while it is written, one request at a time, and goes on trying where that fails.

import { fields, setMarker, textAsLoaded, textOf } from "./form.js";

const PAUSE = 2_000;
const LONGEST = 10_000;
const PATIENCE = 20_000;
const LONGEST_WAIT = 60_000;
// Browsers let a page that goes away send no more than 64 KiB.
const LAST_WORDS = 60_000;

export function autosave(form, keep, state) {
  let saved = form.dataset.unsaved ? null : textAsLoaded(form);
  let savedAt = Number(form.dataset.savedAt);
  let running = null;
  let timer;
  let typingSince = null;
  let failures = 0;

  const isDirty = () => textOf(form) !== saved;

  function typed() {
    keep.soon();
    state.typing();
    typingSince ??= Date.now();
    wait(Math.min(PAUSE, Math.max(0, typingSince + LONGEST - Date.now())));
  }

  function wait(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  function save(isLast = false) {
    running ??= send(isLast === true).finally(() => {
      running = null;
    });
    return running;
  }

  async function send(isLast) {
    clearTimeout(timer);
    typingSince = null;
    if (!isDirty()) return rest();
    keep.now();
    const text = textOf(form);
    state.saving();
    const { status, answer } = await post(form.dataset.workingCopy, fields(form), isLast);
    if (status === 200) acknowledge(text, answer);
    else if (status === 409) standAside(text, answer.error);
    else complain(status, answer.error);
    return status;
  }

  function acknowledge(text, { version, saved_at, edit }) {
    saved = text;
    savedAt = saved_at;
    failures = 0;
    setMarker(form, "base_version", version);
    settleAt(edit);
    state.saved(savedAt);
    state.changed();
    if (isDirty()) typed();
    else keep.drop();
  }

  // The server has the text, beside the one that somebody else saved.
  function standAside(text, sentence) {
    saved = text;
    failures = 0;
    state.conflict(sentence);
    if (isDirty()) typed();
    else keep.drop();
  }

  // Also after the last change was taken back.
  function rest() {
    keep.drop();
    state.saved(savedAt);
    return 200;
  }

  // A new post has an address now. The form still goes where publishing one leads, which makes no second post.
  function settleAt(edit) {
    if (location.pathname !== edit) history.replaceState(history.state, "", edit);
  }

  function complain(status, sentence) {
    const mayPass = status === 0 || status === 401 || status === 429 || status >= 500;
    if (mayPass) wait(Math.min(PAUSE * 2 ** failures, LONGEST_WAIT));
    failures += mayPass ? 1 : 0;
    if (status === 0) state.offline();
    else if (status === 401) state.signedOut();
    else state.refused(sentence);
  }

  function tryAgain() {
    if (failures > 0 && isDirty()) save();
  }

  form.addEventListener("input", typed);
  addEventListener("online", tryAgain);
  addEventListener("focus", tryAgain);
  addEventListener("pagehide", () => isDirty() && keep.now());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryAgain();
    else if (isDirty()) save(true);
  });

  return {
    save,
    isDirty,
    isSettled: () => running === null && !isDirty(),
    // The status of the newest text, after whatever is on its way.
    async settle() {
      await running;
      return save();
    },
  };
}

async function post(url, body, isLast) {
  const request = {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    keepalive: isLast && body.toString().length < LAST_WORDS,
    signal: AbortSignal.timeout(PATIENCE),
  };
  try {
    const response = await fetch(url, request);
    return { status: response.status, answer: await response.json() };
  } catch {
    return { status: 0, answer: {} };
  }
}
