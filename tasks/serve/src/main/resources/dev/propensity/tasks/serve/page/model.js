// Shows the live model, its quality and the columns that a file needs.

import { byId, count, element, score, share, show } from "./text.js";

const FIGURES = [
  ["average_precision", "Average precision", (value) => value.toFixed(4)],
  ["log_loss", "Log loss", (value) => value.toFixed(4)],
  ["base_rate", "Positive rate of the test rows", share],
  ["lift_at_10", "Lift of the top 10%", (value) => `${value.toFixed(1)} ×`],
];

/** Shows the model, or the reason why there is none. */
export function showModel(model, backup) {
  const dataset = model?.dataset;
  byId("state").replaceChildren(element("span", { class: dataset ? "dot good" : "dot" }), ...stateOf(model, backup));
  if (!dataset) {
    show(byId("model-body"), element("p", {}, model?.waiting ?? model?.detail ?? "The server cannot be reached."));
    return;
  }
  byId("question").textContent = dataset.title;
  document.title = `${dataset.title} · Propensity`;
  show(byId("model-body"), ...notes(model), ...quality(model.metrics), facts(model));
  showColumns(dataset);
  byId("command").textContent =
    `curl --form data_file=@customers.csv \\\n  ${location.origin}/api/v1/classification/inference/uploadfile`;
}

function stateOf(model, backup) {
  if (!model?.dataset) return ["no model yet"];
  const name = model.version ? `${model.name}, version ${model.version}` : model.name;
  return [element("strong", {}, name), backup ? " is live on the backup server" : " is live"];
}

function notes(model) {
  const notes = [];
  if (model.dataset.synthetic) notes.push("It was trained on synthetic data: its scores do not apply to real customers.");
  if (model.rejected) notes.push(`Release ${model.rejected.release} was rejected: ${model.rejected.reason}`);
  return notes.map((note) => element("p", { class: "notice warn" }, note));
}

function quality(metrics) {
  if (metrics?.auc === undefined) {
    return [element("p", { class: "hint" }, "No metrics: the model was not evaluated on a test split.")];
  }
  const auc = metrics.auc;
  const meter = element("meter", { min: 0.5, max: 1, value: auc, "aria-label": "ROC AUC, from 0.5 to 1" });
  const interval =
    metrics.auc_low === undefined
      ? ""
      : `95% interval ${metrics.auc_low.toFixed(3)} to ${metrics.auc_high.toFixed(3)}. `;
  return [
    element("p", { class: "auc" }, element("strong", {}, auc.toFixed(3)), " ROC AUC on the test rows"),
    meter,
    element(
      "p",
      { class: "hint" },
      `${interval}In ${count(auc * 100)} of 100 pairs of a positive and a negative row, the positive row has the higher score.`,
    ),
  ];
}

function facts(model) {
  const rows = FIGURES.filter(([key]) => model.metrics?.[key] !== undefined).map(([key, name, format]) => [
    name,
    format(model.metrics[key]),
  ]);
  rows.push(["Threshold", score(model.threshold)], ["Learner", model.learner]);
  if (model.release) rows.push(["Release", count(model.release)]);
  const since = new Date(model.since);
  rows.push(["Live since", element("time", { datetime: model.since }, since.toLocaleString("en-GB").slice(0, 17))]);
  rows.push(["Digest", element("code", { title: model.digest }, model.digest.slice(0, 12))]);
  const list = element("dl", { class: "facts" });
  for (const [name, value] of rows) {
    list.append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  }
  return list;
}

function showColumns(dataset) {
  const rows = [
    row(dataset.identifier, "any unique value", "Identifies the row in the result"),
    ...dataset.columns.map((column) => row(column.name, holds(column), column.description ?? "")),
  ];
  show(byId("columns"), ...rows);
  byId("needs").querySelector("summary").textContent = `Required columns (${rows.length})`;
  byId("needs").hidden = false;
}

function row(name, kind, meaning) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", {}, kind),
    element("td", {}, meaning),
  );
}

function holds(column) {
  const empty = column.missing ? ", or empty" : "";
  if (column.values) return column.values.join(", ") + empty;
  if (column.kind === "date") return `a date as ${formats(column)}${range(column)}${empty}`;
  return `a ${column.kind}${range(column)}${empty}`;
}

function range({ minimum, maximum }) {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` from ${minimum}`;
  return maximum === undefined ? "" : ` up to ${maximum}`;
}

function formats(column) {
  return column.formats.map((format) => (format === "iso" ? "yyyy-MM-dd" : format)).join(" or ");
}
