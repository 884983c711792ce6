// The monitoring page: requests the state of the endpoint and shows it, again every half minute.

import { columnTable, distribution, legend } from "./columns.js";
import { save } from "./csv.js";
import { byId, count, element, show } from "./text.js";
import { timeline } from "./timeline.js";
import { requestTables, tiles } from "./traffic.js";
import { RequestError, get, servers } from "./upload.js";
import { verdict } from "./verdict.js";

const REFRESH_MILLISECONDS = 30_000;

const TITLES = {
  0: "The server cannot be reached",
  401: "An API key is required",
};

const shown = {};
let again = 0;

async function refresh() {
  clearTimeout(again);
  try {
    const { response } = await get("/api/v1/monitoring");
    display(await response.json());
    show(byId("problem"));
  } catch (failure) {
    if (!(failure instanceof RequestError)) throw failure;
    failed(failure);
    if (failure.status === 401) return;
  }
  again = setTimeout(refresh, REFRESH_MILLISECONDS);
}

function failed({ status, problem }) {
  if (status === 401) {
    askForKey();
    return;
  }
  byId("state").replaceChildren(element("span", { class: "dot" }), "not connected");
  show(
    byId("problem"),
    element("h2", {}, TITLES[status] ?? problem.title ?? `The server returned status ${status}`),
    element("p", {}, problem.detail ?? "It may be stopped or unreachable. This page tries again every 30 seconds."),
  );
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key-hint").textContent = servers.key ? "The server rejected this key." : "The server requires an API key.";
  byId("state").replaceChildren(element("span", { class: "dot" }), "an API key is required");
  byId("key").focus();
}

/** Draws what has changed: what is open, or has the focus, stays. */
function display(all) {
  byId("content").hidden = false;
  part("state", all.model, () => stateOf(all));
  part("about", all.model, () => aboutOf(all.model));
  part("store", all.store.note, () => (all.store.note ? [all.store.note] : []));
  byId("store").hidden = !all.store.note || isOneModel(all);
  const found = [all.latest, all.windows[0], all.capture === null, all.model?.title, all.waiting, all.store.note];
  part("verdict", found, () => verdict(all, reportLink));
  byId("since").textContent = `since ${time(all.server.since)}, when this server started`;
  part("tiles", [all.server, all.capture], () => tiles(all.server, all.capture));
  part("requests", all.server, () => requestTables(all.server));
  part("scores", [all.scores, all.model?.title], () => scoresOf(all));
  part("columns", all.latest, () => columnsOf(all.latest));
  byId("columns-section").hidden = !all.latest?.monitoring.columns.length;
  part("timeline", [all.windows, all.releases, all.accepted], () => timeline(all, reportLink));
}

function part(id, data, draw) {
  const text = JSON.stringify(data ?? null);
  if (shown[id] === text) return;
  shown[id] = text;
  byId(id).replaceChildren(...draw());
}

const isOneModel = (all) => all.store.read === null && !all.model?.version && Boolean(all.model);

const time = (iso) => new Date(iso).toLocaleString("en-GB").slice(0, 17);

function stateOf({ model, waiting }) {
  const dot = element("span", { class: model ? "dot good" : "dot" });
  if (!model) return [dot, waiting ? `no model yet: ${waiting}` : "no model yet"];
  const name = model.version ? `${model.name}, version ${model.version}` : model.name;
  return [dot, element("strong", {}, name), " is live"];
}

function aboutOf(model) {
  if (!model) return ["Do customers still look like those that the model learned from?"];
  const about = `${model.dataset} Do the rows still look like those that the model learned from?`;
  return [model.synthetic ? `${about} The model was trained on synthetic data.` : about];
}

function scoresOf({ scores, model, waiting }) {
  if (!scores) {
    const why = model
      ? "This model has no statistics of its training data: train it again to compare its scores."
      : `No model is live${waiting ? `: ${waiting}` : ""}.`;
    return [element("p", { class: "hint" }, why)];
  }
  const rows = scores.bins.reduce((sum, bin) => sum + bin, 0);
  if (rows === 0) return [element("p", { class: "hint" }, "This model has not scored rows since the server started.")];
  const column = { name: "score", kind: "number", baseline: scores.baseline, bins: scores.bins, effect: scores.effect };
  return [
    element(
      "p",
      {},
      `The scores of ${count(rows)} rows that this model has scored on this server, and those of the training data’s rows ` +
        "that it was not fitted to. Each bin holds equally many of the latter. ",
      element("strong", {}, `Effect ${scores.effect.toFixed(3)}.`),
    ),
    legend("this server"),
    distribution(column, { edges: scores.edges }, "large"),
  ];
}

function columnsOf(latest) {
  if (!latest?.monitoring.columns.length) return [];
  const { monitoring, labels } = latest;
  const reference = monitoring.columns.some((column) => column.reference);
  return [
    element(
      "p",
      {},
      `The window ${monitoring.window} against the ${reference ? "reference windows" : "training data"}, the largest effect ` +
        "first. Effect: the population stability index without the part that is due to chance; from 0.02 on it counts, from " +
        "0.1 on it is large.",
    ),
    legend("this window"),
    columnTable(monitoring.columns, labels, monitoring.scores, latest.score_edges),
  ];
}

/** A link to a report; with a key, which a link cannot send, it downloads the report. */
function reportLink(path, text) {
  if (!servers.key) return element("a", { href: path, target: "_blank", rel: "noopener" }, text);
  const button = element("button", { class: "link", type: "button" }, text);
  button.addEventListener("click", async () => {
    try {
      const { response } = await get(path);
      save(await response.blob(), `report-${path.split("/").at(-1).replace("?version=", "-version-")}.html`);
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure;
      failed(failure);
    }
  });
  return button;
}

byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  servers.key = byId("key").value.trim() || null;
  byId("key-form").hidden = true;
  for (const id of Object.keys(shown)) delete shown[id];
  refresh();
});
refresh();
