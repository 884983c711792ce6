// CSV in and out: lines of a chosen file for the errors, and the result for a spreadsheet.

const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",;\t\r\n]/;
const LINE_END = /\r\n|\n|\r(?!$)/; // a last CR waits for what follows it
const CHUNK = 5000;
const MOST_BYTES = 1 << 26;

/** A cell as CSV; what a spreadsheet would run as a formula gets an apostrophe in front. */
export function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The result as a file.
 *
 * @param rows the rows' places, in the order of the file
 * @param selected how many of the best rows have the label 1
 */
export function result(scores, rows, selected) {
  const parts = [`${cell(scores.identifierName)},${cell(scores.labelName)},score\n`];
  for (let begin = 0; begin < rows.length; begin += CHUNK) {
    let text = "";
    for (let place = begin; place < Math.min(rows.length, begin + CHUNK); place++) {
      const row = rows[place];
      text += `${cell(scores.identifiers[row])},${scores.isAmong(row, selected) ? 1 : 0},${scores.scores[row]}\n`;
    }
    parts.push(text);
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** Hands a file to the browser to keep. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * The texts of these lines of a file, from 1, as a map; LF, CR LF and CR end them. It reads no further than it must.
 * Of a compressed file there are none.
 */
export async function lines(file, wanted) {
  const found = new Map();
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if ((first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b)) return found;
  const last = Math.max(...wanted);
  const reader = file.slice(0, MOST_BYTES).stream().pipeThrough(new TextDecoderStream()).getReader();
  let number = 1;
  let rest = "";
  while (number <= last) {
    const { value, done } = await reader.read();
    const parts = (rest + (value ?? "")).split(LINE_END);
    rest = done ? "" : parts.pop();
    for (const part of parts) {
      if (wanted.has(number)) found.set(number, part.replace(/\r$/, ""));
      number++;
    }
    if (done) break;
  }
  reader.cancel().catch(() => {});
  return found;
}

/** The character that separates cells, by what the header holds most of. */
export function separator(header) {
  const times = (mark) => header.split(mark).length;
  return [",", ";", "\t", "|"].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

/** A line's cells as they stand there, quotes and all. */
export function split(line, mark) {
  const cells = [""];
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    if (letter === mark && !quoted) cells.push("");
    else cells[cells.length - 1] += letter;
  }
  return cells;
}
