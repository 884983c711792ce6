// Shows how the server read a file.

import { count, counted, element, share } from "./text.js";

/** The maximum number of look-alikes shown for a column. */
const MOST_LOOK_ALIKES = 3;

const CHECK = "Check that they are written as in the training data: the same letters, codes and abbreviations.";

/** The detected dialect, as a suffix, unless it is the default; or "". */
export function assumed(read) {
  return !read || read === "separator=comma, decimal=point" ? "" : ` · read as: ${read.replaceAll("=", " ")}`;
}

/**
 * The number of cells with an unseen category by column, from the response header.
 *
 * @param doubtful the number of leading columns with so many that the scores are doubtful
 * @param lookAlikes the header with the known categories that they resemble
 * @param rows the number of rows in the file
 */
export function neverSeen({ unseen, doubtful, lookAlikes }, rows) {
  const { elements, more } = parts(unseen);
  const columns = elements.map(([name, cells]) => ({ name: decoded(name), cells: Number(cells), rows, alike: "" }));
  for (const column of columns) column.alike = looksLike(column.name, parts(lookAlikes).elements);
  return { columns, doubtful, more };
}

/** The name-value pairs of a header, and the number of those that were left out. */
function parts(header) {
  const elements = header ? header.split(", ") : [];
  const more = /^and (\d+) more$/.exec(elements.at(-1) ?? "");
  if (more) elements.pop();
  return { elements: elements.map((element) => element.split("=")), more: more ? Number(more[1]) : 0 };
}

const decoded = (text) => decodeURIComponent(text.replaceAll("+", " "));

/** " ('RED' looks like 'red')", as a suffix; or "". */
function looksLike(name, lookAlikes) {
  const pairs = lookAlikes
    .filter(([column]) => decoded(column) === name)
    .slice(0, MOST_LOOK_ALIKES)
    .map(([, words]) => words.split("~").map((word) => `'${visible(decoded(word))}'`).join(" looks like "));
  return pairs.length ? ` (${pairs.join(", ")})` : "";
}

/** The text with invisible characters and unusual spaces shown as their codes. */
function visible(word) {
  const code = (character) => `\\u${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return word.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, code);
}

/** The note about a few unseen categories; or nothing. */
export function mention({ columns, doubtful, more }) {
  if (!columns.length || doubtful) return [];
  const counts = columns.map(
    ({ name, cells, alike }, place) => `${place ? count(cells) : counted(cells, "value")} of ${name}${alike}`,
  );
  if (more) counts.push(`in ${counted(more, "more column")}`);
  return [
    element("strong", {}, "Unseen categories: "),
    `${listed(counts)}. These categories are not in the training data and are scored as unknown. ${CHECK}`,
  ];
}

/** The warning that unseen categories make the scores doubtful; or nothing. */
export function warning({ columns, doubtful }) {
  if (!doubtful) return [];
  const items = columns.slice(0, doubtful).map(({ name, cells, rows, alike }) => {
    const text = `: ${count(cells)} of ${counted(rows, "row")}, ${share(cells / rows)}${alike}`;
    return element("li", {}, element("strong", {}, name), text);
  });
  const others = doubtful - items.length;
  if (others) items.push(element("li", {}, counted(others, "more column")));
  return [
    element("h3", {}, "These scores are not reliable"),
    element("p", {}, "Many rows have a category that is not in the training data:"),
    element("ul", {}, ...items),
    element(
      "p",
      {},
      `${CHECK} If not, correct the file and upload it again. If the new categories are right, train a model on rows ` +
        "that have them. The expected profit is not shown because it depends on these scores.",
    ),
  ];
}

/** The warning about rows with a missing or duplicate identifier; or nothing. */
export function identified({ numbered, duplicates }, identifier) {
  if (numbered) {
    return [
      element("strong", {}, "Rows are identified by their number, from 1: "),
      `the file has no column ${identifier}, or it was ignored. Keep the file's order to identify the rows.`,
    ];
  }
  if (!duplicates) return [];
  return [
    element("strong", {}, `${counted(duplicates, "duplicate identifier")}: `),
    `${duplicates === 1 ? "a row has" : "rows have"} the ${identifier} of an earlier row. Each row is scored and ` +
      "counted, so one customer may be selected more than once.",
  ];
}

function listed(parts) {
  const last = parts.at(-1);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}
