// Reads the lines of a file that have errors, and writes the results as CSV.

const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",;\t\r\n]/;
const LINE_END = /\r\n|\n|\r(?!$)/; // a last CR waits for what follows it
const CHUNK = 5000;
const MOST_BYTES = 1 << 26;

/** A cell as CSV; a value that a spreadsheet would run as a formula gets a leading apostrophe. */
export function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The result as a file.
 *
 * @param rows the indexes of the rows, in the file's order
 * @param selected the number of top rows, which have the label 1
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

/** Downloads a file in the browser. */
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
 * These lines of a file, as a map from their number, from 1. Lines end in LF, CR LF or CR. Reads only as far as needed.
 * Empty for a compressed file.
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

/** The separator: the candidate that is most frequent in the header. */
export function separator(header) {
  const times = (mark) => header.split(mark).length;
  return [",", ";", "\t", "|"].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

/** The cells of a line, with their quotes. */
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
