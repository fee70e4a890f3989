// The text field is as high as its text, also in browsers without `field-sizing`.

export function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    const { scrollY } = window;
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    window.scrollTo({ top: scrollY, behavior: "instant" });
  };
  field.addEventListener("input", fit);
  addEventListener("resize", fit);
  fit();
}
