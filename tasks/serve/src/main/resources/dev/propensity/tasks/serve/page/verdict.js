// Shows the verdict of the latest window, with the next step first; or what is missing for one.

import { count, counted, element } from "./text.js";

/** The chip of a verdict: `quiet`, `alarm`, … */
export function chip(verdict) {
  return element("span", { class: "verdict", "data-verdict": verdict }, verdict);
}

/** The content of the card. */
export function verdict(all, reportLink) {
  const [window] = all.windows;
  if (!window) return nothingYet(all);
  const monitoring = all.latest?.monitoring;
  const columns = window.columns.length ? ` ${window.columns.join(", ")}` : "";
  const parts = [
    element("p", { class: "verdict-line" }, chip(window.verdict), element("strong", {}, columns)),
    element("p", { class: "next-step" }, monitoring?.next_step ?? ""),
    element(
      "p",
      { class: "hint" },
      `Window ${window.window}, version ${window.version}. `,
      reportLink(window.report, "Report of this window"),
    ),
  ];
  if (monitoring) parts.push(...progress(monitoring), ...reasons(monitoring), ...notes(monitoring), ...volume(monitoring));
  if (all.latest && !all.latest.live && all.model) {
    parts.push(notice(`The window was compared with another model than ${all.model.title}, which is live now.`));
  }
  return parts;
}

function nothingYet({ model, waiting, capture, store }) {
  if (!model) {
    return [
      element("p", { class: "next-step" }, "There is no champion yet."),
      element(
        "p",
        {},
        `Nothing can be compared until a model is live${waiting ? ` (${waiting})` : ""}. To train and release one: `,
        element("code", {}, "make run"),
      ),
    ];
  }
  if (store.read === null) return [element("p", {}, sentence(store.note ?? "No window has been monitored yet"))];
  if (!capture) {
    return [
      element("p", { class: "next-step" }, "Nothing is captured, so nothing is compared."),
      element(
        "p",
        {},
        "To capture the rows that this server scores, add the section ",
        element("code", {}, "capture"),
        " to the dataset’s specification and start the server with it; on the local stack: ",
        element("code", {}, "make start CAPTURE=1"),
      ),
    ];
  }
  return [
    element("p", { class: "next-step" }, "No window has ended and been monitored yet."),
    element(
      "p",
      {},
      `${counted(capture.rows, "row")} captured since this server started. The report of those of today, which is not on this page: `,
      element("code", {}, "make monitor"),
    ),
  ];
}

function progress({ state }) {
  if (!state.learning) return [];
  const windows = Math.min(state.of, state.windows + (state.referable ? 1 : 0));
  const text = `Learning: ${windows} of ${state.of} windows of the reference`;
  return [
    element("p", { class: "learning" }, text),
    element("progress", { max: state.of, value: windows, "aria-label": text }),
  ];
}

function reasons(monitoring) {
  if (!monitoring.reasons.length) return [];
  const items = monitoring.reasons.map(({ level, text }) => element("li", {}, chip(level), ` ${text}`));
  return [element("h3", {}, "Reasons"), element("ul", { class: "reasons" }, ...items)];
}

function notes({ gaps, warnings }) {
  return [...gaps.map((gap) => notice(`Gap: ${gap}`)), ...warnings.map((warning) => notice(sentence(warning)))];
}

function volume({ volume: rows, rejected }) {
  const expected = (value) => (value === null ? "" : ` (expected ${count(value)})`);
  const text =
    `${counted(rows.rows, "row")} answered${expected(rows.expected)}, ` +
    `${count(rejected.rows)} rejected${expected(rejected.expected)}.`;
  return [element("p", { class: "hint" }, text)];
}

const notice = (text) => element("p", { class: "notice warn" }, text);

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
