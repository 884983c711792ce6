// Shows why a file was rejected: each error with its line.

import { lines, separator, split } from "./csv.js";
import { byId, count, counted, element, show } from "./text.js";

const TITLES = {
  0: "The server cannot be reached",
  401: "An API key is required",
  413: "The file is too large",
  415: "This file type is not supported",
  422: "The file cannot be scored",
  503: "The server is unavailable",
};
const AROUND = 24;
const FIELD = "data_file"; // the form field, by which the server's messages name the file
const WHOLE_ROW = "the row";

/**
 * Shows a failed request, and each error with its line of the file.
 *
 * @param ways the actions that the user can take, by the text of their button
 */
export async function showProblem(failure, file, ways) {
  const errors = failure.problem.errors ?? [];
  const shown = [element("h3", {}, titleOf(failure))];
  const detail = detailOf(failure, file);
  if (detail) shown.push(element("p", {}, detail));
  if (errors.length) {
    const texts = await textsOf(file, errors);
    shown.push(element("ol", { class: "errors" }, ...together(errors).map((group) => entry(group, texts))));
  }
  for (const [words, way] of Object.entries(ways)) {
    const button = element("button", { class: "button small", type: "button" }, words);
    button.addEventListener("click", way);
    shown.push(button);
  }
  show(byId("problem"), ...shown);
}

function titleOf({ problem, status }) {
  const errors = problem.errors?.length ?? 0;
  const all = Math.max(problem.count ?? 0, errors);
  if (status !== 422 || !errors) return TITLES[status] ?? problem.title ?? `The server returned status ${status}`;
  return all > errors
    ? `The file has ${counted(all, "error")}; these are the first ${count(errors)}`
    : `The file has ${counted(all, "error")}`;
}

function detailOf({ problem, status, retryAfter }, file) {
  if (status === 0) return "It may be stopped or unreachable. Your file stays selected; try again later.";
  const wait = retryAfter ? ` Try again in ${counted(Number(retryAfter), "second")}.` : "";
  if (problem.errors?.length) return "No rows were scored: a file with errors is rejected as a whole.";
  return sentence(problem.detail ?? "", file) + wait;
}

function sentence(text, file) {
  if (!text) return "";
  const begun = file && text.startsWith(FIELD)
    ? file.name + text.slice(FIELD.length)
    : text.charAt(0).toUpperCase() + text.slice(1);
  return begun + (/[.!?]$/.test(text) ? "" : ".");
}

async function textsOf(file, errors) {
  try {
    return await lines(file, new Set([1, ...errors.map((error) => error.line).filter((line) => line > 0)]));
  } catch {
    return new Map();
  }
}

/** Groups errors of the header that differ only in their column. */
function together(errors) {
  const groups = [];
  for (const error of errors) {
    const last = groups.at(-1);
    if (error.line === 1 && last?.[0].line === 1 && last[0].rule === error.rule) last.push(error);
    else groups.push([error]);
  }
  return groups;
}

function entry(group, texts) {
  const [error] = group;
  const head = element("p", {});
  if (error.line) head.append(element("strong", {}, `Line ${count(error.line)}`), " ");
  if (error.column === WHOLE_ROW) head.append(WHOLE_ROW);
  else if (error.column) head.append(group.length > 1 ? "columns " : "column ", ...names(group));
  return element("li", {}, head, excerpt(error, texts), element("p", {}, ruleOf(error)));
}

const names = (group) =>
  group.flatMap(({ column }, place) => [place ? ", " : "", element("code", {}, column)]);

function ruleOf(error) {
  const value = error.value ?? "";
  const said = value === "" ? "" : `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}” `;
  return `${said}${error.rule ?? ""}`;
}

/** An excerpt of the line, with the invalid cell marked. */
function excerpt(error, texts) {
  const line = texts.get(error.line);
  if (line === undefined || error.line === 1) return "";
  const mark = separator(texts.get(1) ?? line);
  const place = split(texts.get(1) ?? "", mark).findIndex((name) => plain(name) === error.column);
  const cells = split(line, mark);
  const text = element("code", { class: "line" });
  if (place < 0 || place >= cells.length) {
    text.append(line.slice(0, AROUND * 3), line.length > AROUND * 3 ? "…" : "");
    return text;
  }
  const before = cells.slice(0, place).map((cell) => cell + mark).join("");
  const after = cells.slice(place + 1).map((cell) => mark + cell).join("");
  text.append(
    before.length > AROUND ? `…${before.slice(-AROUND)}` : before,
    element("mark", {}, cells[place] || "(empty)"),
    after.length > AROUND ? `${after.slice(0, AROUND)}…` : after,
  );
  return text;
}

const plain = (cell) => cell.replace(/^\ufeff/, "").trim().replace(/^"(.*)"$/s, "$1");
