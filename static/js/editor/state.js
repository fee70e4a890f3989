// The line that says what state the text is in. It is read aloud only where something is wrong, and when it is right again.

const SIGN_IN = "/auth/login";

export function stateLine(form, keep) {
  const line = form.querySelector("[data-saying]");
  const aside = form.querySelector("[data-note]");
  const aloud = form.querySelector("[role=status]");
  let isTrouble = false;

  function show(kind, text, ...more) {
    const wasTrouble = isTrouble;
    isTrouble = kind === "trouble";
    line.dataset.kind = kind;
    line.replaceChildren(text, ...more.flatMap((node) => [" ", node]));
    if (isTrouble || (wasTrouble && kind === "saved")) aloud.textContent = line.textContent;
  }

  const kept = () => (keep.holds() ? "kept in this browser" : "not saved, so leave this page open");

  return {
    typing: () => isTrouble || show("typing", "Not saved yet"),
    changed: () => form.querySelector("[data-changed]")?.removeAttribute("hidden"),
    saving: () => isTrouble || show("saving", "Saving…"),
    saved: (seconds) => show("saved", seconds ? `Saved at ${timeOf(seconds)}` : ""),
    offline: () => show("trouble", `Offline: ${kept()} and sent when back.`),
    signedOut: () => show("trouble", `Signed out: ${kept()} and sent after you sign in.`, signIn()),
    conflict: (sentence) => show("trouble", sentence, showBoth(form)),
    refused: (sentence) => show("trouble", `${closed(sentence)} Your text is ${kept()}.`),
    // Of something else than the text, so it stays while that is saved.
    note: (sentence) => {
      aside.textContent = sentence;
    },
  };
}

function closed(sentence) {
  return (sentence ?? "The blog could not save this").replace(/[.!?]?$/, (end) => end || ".");
}

function timeOf(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function signIn() {
  const link = document.createElement("a");
  link.href = SIGN_IN;
  link.target = "_blank";
  link.textContent = "Sign in in another tab";
  return link;
}

// Saving answers with a page that holds both texts.
function showBoth(form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = "Show both texts";
  button.addEventListener("click", () => form.requestSubmit(form.querySelector("[data-save]")));
  return button;
}
