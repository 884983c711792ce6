// Draws how columns differ from the training data or the reference, the largest effect first.

import { count, counted, element, shape, share } from "./text.js";

const WIDTH = 1000;
const HEIGHT = 100;
const MOST_VALUES = 16; // values of a category that get a bar of their own
const MOST_COLUMNS = 12; // columns that are shown at once
const COUNTS = 0.02; // from here on an effect is part of an alarm
const LARGE = 0.1;
const LIMIT = 0.25; // the end of the scale of effects

/** The legend of the charts. */
export function legend(name) {
  const box = (content) => shape("svg", { viewBox: "0 0 14 12", "aria-hidden": "true" }, content);
  return element(
    "ul",
    { class: "legend" },
    element("li", {}, box(shape("rect", { class: "bars", width: 14, height: 12, rx: 2 })), "training data"),
    element("li", {}, box(shape("path", { class: "now", d: "M0 9h5V3h5v5h4" })), name),
  );
}

/**
 * A table of columns with their charts.
 *
 * @param columns as in `monitoring.json`
 * @param labels the edges or values of the bins by column; may lack columns
 * @param scores the same of the scores, which come first; may be null
 * @param scoreEdges the edges of their bins; may be empty
 */
export function columnTable(columns, labels, scores, scoreEdges) {
  const first = scores ? [row({ ...scores, name: "score", kind: "of the rows" }, { edges: scoreEdges })] : [];
  const rows = [...first, ...columns.map((column) => row(column, labels[column.name] ?? {}))];
  rows.slice(MOST_COLUMNS).forEach((one) => (one.hidden = true));
  const heads = ["Column", "Effect", "Missing", "Unseen", "Distribution"];
  const table = element(
    "div",
    { class: "scroll", role: "region", "aria-label": "Columns by effect", tabindex: "0" },
    element(
      "table",
      { class: "drift", role: "table" },
      element("thead", { role: "rowgroup" }, headRow(heads)),
      element("tbody", { role: "rowgroup" }, ...rows),
    ),
  );
  if (rows.length <= MOST_COLUMNS) return table;
  const more = element("button", { class: "button small", type: "button" }, `Show all ${count(rows.length)} columns`);
  more.addEventListener("click", () => {
    rows.forEach((one) => (one.hidden = false));
    more.remove();
  });
  return element("div", { class: "stack" }, table, more);
}

/** The row of headers. It has roles, since a phone shows the rows of such a table as blocks. */
export function headRow(heads) {
  return element("tr", { role: "row" }, ...heads.map((head) => element("th", { scope: "col", role: "columnheader" }, head)));
}

function row(column, labels) {
  const name = [element("span", {}, column.name), element("span", { class: "kind" }, column.kind)];
  const cell = (kind, ...content) => element("td", { class: kind, role: "cell" }, ...content);
  return element(
    "tr",
    { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, ...name),
    cell("effect", effect(column.effect)),
    cell("missing", ...expected(column.missing, column.missing_expected)),
    cell("unseen", ...expected(column.unseen, column.unseen_expected)),
    cell("shape", distribution(column, labels, "small")),
  );
}

function effect(value) {
  const [word, level] =
    value < COUNTS ? ["negligible", "none"] : value < LARGE ? ["small", "some"] : ["large", "much"];
  const width = Math.min(1, value / LIMIT) * 100;
  return element(
    "div",
    {},
    element("strong", {}, value.toFixed(3)),
    element("span", { class: "kind" }, word),
    shape(
      "svg",
      { viewBox: "0 0 100 6", preserveAspectRatio: "none", class: `scale ${level}`, "aria-hidden": "true" },
      shape("rect", { class: "ground", width: 100, height: 6 }),
      shape("rect", { class: "value", width, height: 6 }),
    ),
  );
}

function expected(value, usual) {
  const note = Math.abs(value - usual) < 0.0005 ? "" : `expected ${share(usual)}`;
  return [element("span", {}, share(value)), element("span", { class: "kind" }, note)];
}

/**
 * A chart of a column: the training data as bars, the other rows as a line over them; each bin as wide as the others.
 *
 * @param labels the `edges` between the bins, or their `values`; or neither
 */
export function distribution(column, labels, size) {
  const bins = binsOf(column, labels);
  const top = Math.max(...bins.map(({ before, now }) => Math.max(before, now)), 1e-9);
  const width = WIDTH / bins.length;
  const height = (value) => ((value / top) * (HEIGHT - 4)).toFixed(1);
  const bars = bins.map(({ before }, bin) => bar(bin * width, width, height(before))).join("");
  const line = bins.map(({ now }, bin) => `${bin ? "L" : "M"}${(bin * width).toFixed(1)} ${HEIGHT - height(now)}h${width.toFixed(1)}`);
  const text = differences(bins);
  return element(
    "figure",
    { class: `distribution ${size}` },
    shape(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": `${column.name}: ${text}` },
      shape("path", { class: "bars", d: bars }),
      shape("path", { class: "now", d: line.join(""), "vector-effect": "non-scaling-stroke" }),
    ),
    element("figcaption", {}, text),
  );
}

const bar = (x, width, height) => `M${(x + 2).toFixed(1)} ${HEIGHT}v${-height}h${(width - 4).toFixed(1)}v${height}z`;

/** The bins with their names and shares; rare values of a category are one bin. */
function binsOf({ baseline, bins }, { edges, values, order }) {
  const [all, others] = [baseline, bins].map((counts) => Math.max(1, counts.reduce((sum, one) => sum + one, 0)));
  const named = baseline.map((rows, bin) => ({
    name: nameOf(bin, edges, values),
    before: rows / all,
    now: bins[bin] / others,
  }));
  if (order) return order.map((bin) => named[bin]);
  if (!values || named.length <= MOST_VALUES) return named;
  named.sort((a, b) => Math.max(b.before, b.now) - Math.max(a.before, a.now));
  const rare = named.splice(MOST_VALUES - 1);
  const sum = (key) => rare.reduce((total, one) => total + one[key], 0);
  return [...named, { name: counted(rare.length, "other value"), before: sum("before"), now: sum("now") }];
}

function nameOf(bin, edges, values) {
  if (values) return `“${values[bin]}”`;
  if (!edges?.length) return `bin ${bin + 1}`;
  const number = (edge) => (typeof edge === "number" ? String(Number(edge.toPrecision(4))) : edge);
  if (bin === 0) return `below ${number(edges[0])}`;
  if (bin === edges.length) return `from ${number(edges[bin - 1])}`;
  return `${number(edges[bin - 1])} to ${number(edges[bin])}`;
}

/** The largest differences in words. */
function differences(bins) {
  const order = bins.map((bin) => ({ ...bin, more: bin.now - bin.before })).sort((a, b) => b.more - a.more);
  const most = order[0];
  const least = order.at(-1);
  if (!(most.more >= 0.0005)) return "as in the training data";
  const text = ({ name, before, now }) => `${name}: ${share(now)} instead of ${share(before)}`;
  return least.more <= -0.0005 ? `${text(most)}; ${text(least)}` : text(most);
}
