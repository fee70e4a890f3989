// Words and reading time, as the text grows. The server counts more exactly, without the marks of Markdown.

// Scripts without spaces between words are counted by the character.
const CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const CHARACTERS_A_MINUTE = 500;
const WORDS_A_MINUTE = 230;
const DELAY = 400;

export function countWords(field, place) {
  let timer;
  function show() {
    const characters = field.value.match(CHARACTER)?.length ?? 0;
    const words = field.value.replace(CHARACTER, " ").match(WORD)?.length ?? 0;
    const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE));
    const count = words + characters;
    const unit = count === 1 ? "word" : "words";
    place.textContent = count ? `${count.toLocaleString("en")} ${unit} · ${minutes} min to read` : "";
  }
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, DELAY);
  });
  if (!place.textContent) show();
}
