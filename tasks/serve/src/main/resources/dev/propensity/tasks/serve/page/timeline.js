// Shows the monitored windows, and the releases and acceptances between them.

import { headRow } from "./columns.js";
import { element, shape } from "./text.js";
import { chip } from "./verdict.js";

const MOST = 15; // lines that are shown at once

const ACTIONS = {
  challenger: ({ version }) => `Version ${version} was registered`,
  released: ({ version }) => `Version ${version} was released`,
  promoted: ({ version }) => `Version ${version} was promoted`,
  rolled_back: ({ version, to }) => `Version ${version} was rolled back${to ? ` to version ${to}` : ""}`,
};

/** The strip of windows, and the table of all events, the latest first. */
export function timeline({ windows, releases, accepted }, reportLink) {
  const events = [
    ...windows.map((window) => ({ at: window.ends, line: windowLine(window, reportLink) })),
    ...releases.map((release) => ({ at: release.when, line: releaseLine(release) })),
    ...accepted.map((acceptance) => ({ at: acceptance.when, line: acceptedLine(acceptance) })),
  ];
  if (!events.length) {
    return [element("p", { class: "hint" }, "No window has been monitored, and no release is known.")];
  }
  events.sort((a, b) => new Date(b.at) - new Date(a.at));
  return [...(windows.length ? [strip(windows, releases)] : []), ...table(events.map(({ line }) => line))];
}

/** One mark a window, from the oldest, and above them the releases. */
function strip(windows, releases) {
  const ordered = [...windows].reverse();
  const marks = ordered.map((window, place) =>
    shape("rect", {
      class: "mark",
      "data-verdict": window.verdict,
      x: place * 10 + 1,
      y: window.verdict === "alarm" ? 8 : window.verdict === "notice" ? 14 : 20,
      width: 8,
      height: window.verdict === "alarm" ? 24 : window.verdict === "notice" ? 18 : 12,
      rx: 2,
    }),
  );
  const changes = releases
    .filter(({ from, to }) => to && from !== to)
    .map(({ when }) => ordered.findIndex(({ ends }) => new Date(ends) > new Date(when)))
    .filter((place) => place >= 0)
    .map((place) => shape("path", { class: "change", d: `M${place * 10} 2v32` }));
  const tally = {};
  for (const { verdict } of windows) tally[verdict] = (tally[verdict] ?? 0) + 1;
  const text = Object.entries(tally).map(([verdict, number]) => `${number} ${verdict}`).join(", ");
  const [first, last] = [ordered[0].window, ordered.at(-1).window];
  return element(
    "figure",
    { class: "strip" },
    shape(
      "svg",
      {
        viewBox: `0 0 ${Math.max(30, ordered.length) * 10} 36`,
        preserveAspectRatio: "xMinYMid meet",
        role: "img",
        "aria-label": `Verdicts of the windows from ${first} to ${last}: ${text}`,
      },
      ...marks,
      ...changes,
    ),
    element("figcaption", {}, `${first} to ${last}: ${text}${changes.length ? "; a line is a change of the live model" : ""}`),
  );
}

function windowLine({ window, verdict, columns, version, report }, reportLink) {
  return line(
    window,
    [chip(verdict), columns.length ? ` ${columns.join(", ")}` : ""],
    `version ${version}`,
    reportLink(report, "Report"),
  );
}

function releaseLine(release) {
  const what = (ACTIONS[release.action] ?? (() => release.action))(release);
  return line(time(release.when), [element("strong", {}, what)], `${release.why} (${release.who})`, "");
}

function acceptedLine({ when, window, version, why, who }) {
  const what = element("strong", {}, `Windows from ${window} were accepted as the reference`);
  return line(time(when), [what], `version ${version}: ${why} (${who})`, "");
}

function line(when, what, more, link) {
  return element(
    "tr",
    { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, when),
    element("td", { class: "what", role: "cell" }, ...what),
    element("td", { class: "why", role: "cell" }, more),
    element("td", { class: "link-cell", role: "cell" }, link),
  );
}

const time = (iso) => new Date(iso).toISOString().slice(0, 16).replace("T", " ");

function table(lines) {
  lines.slice(MOST).forEach((one) => (one.hidden = true));
  const heads = ["Window or time (UTC)", "Event", "Details", "Report"];
  const made = element(
    "div",
    { class: "scroll", role: "region", "aria-label": "Table of windows and releases", tabindex: "0" },
    element(
      "table",
      { class: "events", role: "table" },
      element("thead", { role: "rowgroup" }, headRow(heads)),
      element("tbody", { role: "rowgroup" }, ...lines),
    ),
  );
  if (lines.length <= MOST) return [made];
  const more = element("button", { class: "button small", type: "button" }, `Show all ${lines.length}`);
  more.addEventListener("click", () => {
    lines.forEach((one) => (one.hidden = false));
    more.remove();
  });
  return [made, more];
}
