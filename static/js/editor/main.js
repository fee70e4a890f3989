// The editor, put together.

import { autosave } from "./autosave.js";
import { countWords } from "./count.js";
import { follow } from "./follow.js";
import { grow } from "./grow.js";
import { keeper } from "./keep.js";
import { continueLists } from "./lists.js";
import { pasteLinks } from "./paste.js";
import { preview } from "./preview.js";
import { restore } from "./restore.js";
import { nameSchedule } from "./schedule.js";
import { shortcuts } from "./shortcuts.js";
import { stateLine } from "./state.js";
import { submitting } from "./submit.js";
import { completeTags } from "./tags.js";
import { toolbar } from "./toolbar.js";
import { askBeforeLeaving } from "./unsaved.js";
import { uploads } from "./upload.js";

const form = document.querySelector("form.editor");
const { content, tags } = form.elements;

const keep = keeper(form);
const state = stateLine(form, keep);
const saver = autosave(form, keep, state);
askBeforeLeaving(saver, keep, submitting(form, saver));

toolbar(form, uploads(content, state));
shortcuts(form, saver.save);
pasteLinks(content);
continueLists(content);
completeTags(tags, [...document.querySelectorAll("#known-tags option")].map((option) => option.value));
nameSchedule(form);
grow(content);
countWords(content, form.querySelector("[data-count]"));
preview(form, follow(content, form.querySelector(".editor__preview")));
restore(form, keep, saver);
