// What the server says of how it understood a file.

import { count, counted, element } from "./text.js";

/** What it made of a file that is not plainly separated by commas, to stand after other words. */
export function assumed(read) {
  return !read || read === "separator=comma, decimal=point" ? "" : ` · read as: ${read.replaceAll("=", " ")}`;
}

/** The warning of categories that training never saw, from the header that counts them by column; or nothing. */
export function neverSeen(unseen) {
  if (!unseen) return [];
  const columns = unseen.split(", ").map((column, place) => columnInWords(column, place === 0));
  const last = columns.pop();
  const all = columns.length ? `${columns.join(", ")} ${last.startsWith("and ") ? "" : "and "}${last}` : last;
  return [
    element("strong", {}, "Categories that training never saw: "),
    `${all}. They are scored as unknown ones. Are they written as the model needs them? ` +
      "Spreadsheets write 28 for the category 28.0.",
  ];
}

/** "Region_Code=17" as "17 values of Region_Code", and "and 37 more" as "and in 37 more columns". */
function columnInWords(column, first) {
  const more = /^and (\d+) more$/.exec(column);
  if (more) return `${first ? "" : "and "}in ${counted(Number(more[1]), "more column")}`;
  const [name, cells] = column.split("=");
  const values = first ? counted(Number(cells), "value") : count(Number(cells));
  return `${values} of ${decodeURIComponent(name.replaceAll("+", " "))}`;
}
