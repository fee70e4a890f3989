// Keeps the text in this browser until the server has acknowledged exactly that text.

import { marker, textOf } from "./form.js";

// The most that a sudden end of the browser can cost, in milliseconds.
const DELAY = 300;

export function keeper(form) {
  const prefix = `monograph:text:${form.dataset.user}:`;
  const key = () => prefix + form.dataset.workingCopy;
  const holds = () => load(key())?.text === textOf(form);
  let timer = null;

  function cancel() {
    clearTimeout(timer);
    timer = null;
  }

  function now() {
    cancel();
    if (!form.dataset.user) return;
    const [version, draft] = [marker(form, "base_version"), marker(form, "draft")];
    store(key(), JSON.stringify({ text: textOf(form), version, draft }));
  }

  return {
    now,
    soon() {
      timer ??= setTimeout(now, DELAY);
    },
    // Whether what is in the form survives its page.
    holds,
    // The server has what is in the form.
    drop() {
      cancel();
      if (load(key())) remove(key());
    },
    // What an earlier visit left: of this post, or, on the page for a new one, of a post that never reached the server.
    leftover() {
      const own = load(key());
      if (own) return { ...own, workingCopy: form.dataset.workingCopy };
      if (!marker(form, "draft")) return null;
      const unborn = keys(prefix).map((key) => ({ ...load(key), workingCopy: key.slice(prefix.length) }));
      return unborn.find((entry) => entry.draft && !Number(entry.version)) ?? null;
    },
  };
}

// A browser may have no room, or forbid it altogether: then nothing is kept, and nothing else changes.
function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // `holds` will tell.
  }
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // It could not be kept either.
  }
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
