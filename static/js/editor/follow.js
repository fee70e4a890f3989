// The preview beside the text scrolls along with it, where both do not fit the window.

export function follow(field, pane) {
  function scroll() {
    const room = pane.scrollHeight - pane.clientHeight;
    if (room <= 0) return;
    const { top, height } = field.getBoundingClientRect();
    const share = -top / Math.max(1, height - innerHeight);
    pane.scrollTop = room * Math.min(1, Math.max(0, share));
  }
  addEventListener("scroll", scroll, { passive: true });
  return scroll;
}
