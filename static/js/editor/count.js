// Words and reading time, as the text grows.

// Scripts without spaces between words are counted by the letter.
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const WORDS_A_MINUTE = 230;
const DELAY = 400;

export function countWords(field, place) {
  let timer;
  function show() {
    const words = field.value.match(WORD)?.length ?? 0;
    const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE));
    const unit = words === 1 ? "word" : "words";
    place.textContent = words ? `${words.toLocaleString("en")} ${unit} · ${minutes} min to read` : "";
  }
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, DELAY);
  });
  show();
}
