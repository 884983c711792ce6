// The page: shows the live model, uploads a file and shows the results.

import { assumed, identified, mention, neverSeen, warning } from "./assumed.js";
import { showComparison } from "./comparison.js";
import { save } from "./csv.js";
import { showModel } from "./model.js";
import { showProblem } from "./problems.js";
import { showResults, start } from "./results.js";
import { byId, counted, element, share, show, size } from "./text.js";
import { RequestError, get, getFrom, isBackup, samples, servers, upload } from "./upload.js";

const RETRY_MILLISECONDS = 3000;

let model = null;
let cancel = null;
let uploads = 0;
let again = 0;

/** Requests the live model's description from a server, or from the first that responds. */
async function describe(address = null) {
  try {
    const answer =
      address === null ? await get("/api/v1/model") : { address, response: await getFrom(address, "/api/v1/model") };
    take(await answer.response.json(), answer.address);
  } catch (failure) {
    if (!(failure instanceof RequestError)) throw failure;
    servers.backup ??= failure.problem.backup ?? null;
    model = null;
    showModel(failure.problem, false);
    allowUploads(failure.problem.waiting ?? null);
    clearTimeout(again);
    if (failure.status === 401) askForKey();
    else again = setTimeout(() => describe(), RETRY_MILLISECONDS);
  }
}

function take(description, address) {
  if (!isBackup(address)) servers.backup = description.backup ?? null;
  model = description;
  showModel(model, isBackup(address));
  allowUploads(null);
}

/** Enables the upload, or disables it while the server waits for a model, and shows why. */
function allowUploads(waiting) {
  for (const id of ["file", "try", "sample"]) byId(id).disabled = waiting !== null;
  const notice = byId("no-model");
  if (waiting === null) show(notice);
  else if (notice.dataset.waiting !== waiting || notice.hidden) {
    notice.dataset.waiting = waiting; // shown once, since a screen reader reads each change
    if (/released yet$/.test(waiting)) show(notice, "No model is live yet. To train and release one: ", element("code", {}, "make run"));
    else show(notice, `No model is live yet: ${waiting}.`);
  }
}

async function score(file, query = {}) {
  cancel?.();
  const number = ++uploads;
  const isLast = () => number === uploads;
  show(byId("problem"));
  show(byId("backup"));
  byId("results").hidden = true;
  byId("progress").hidden = false;
  const on = {
    progress: (what, part) => isLast() && progress(file, what, part),
    cancel: (stop) => (cancel = stop),
  };
  on.progress("sending", 0);
  try {
    const answer = await upload(file, query, on);
    if (answer && isLast()) await answered(answer, file);
  } catch (failure) {
    if (!(failure instanceof RequestError)) throw failure;
    if (failure.status === 401) askForKey();
    if (isLast()) await showProblem(failure, file, ways(failure, file, query));
  } finally {
    if (isLast()) {
      cancel = null;
      byId("progress").hidden = true;
    }
  }
}

/** The actions that the user can take after a failure, by the text of their button. */
function ways({ status, problem }, file, query) {
  const ways = {};
  if (status === 0 || status === 409 || status >= 500) ways["Try again"] = () => score(file, query);
  const errors = problem.errors ?? [];
  const nameless = errors.length && errors.every(({ column }) => column === model?.dataset?.identifier);
  if (nameless && !query.identifier) ways["Use row numbers instead"] = () => score(file, { identifier: "row" });
  return ways;
}

async function answered({ address, rows, comparison, scorer, read, categories, numbered, duplicates }, file) {
  if (isBackup(address)) {
    show(
      byId("backup"),
      element("strong", {}, "Scored by the backup server."),
      ` This page’s own server did not respond, so ${address} was used.`,
    );
  }
  // The model may have changed since it scored the file, and its threshold with it.
  await describe(address);
  if (!model) throw new RequestError(0, {}, null);
  if (scorer !== model.title) {
    throw new RequestError(409, { title: "The model has changed", detail: "score the file again" }, null);
  }
  const where = isBackup(address) ? ", on the backup server" : "";
  byId("answered").textContent = `Scored by ${model.title}${where}${assumed(read)}`;
  const unseen = neverSeen(categories, rows.length);
  show(byId("identified"), ...identified({ numbered, duplicates }, model.dataset.identifier));
  show(byId("unseen"), ...mention(unseen));
  show(byId("doubtful"), ...warning(unseen)); // before the results scroll into view
  showComparison(comparison);
  showResults(rows, file.name, model, unseen.doubtful === 0);
}

let spoken = "";

function progress(file, what, part) {
  const known = part !== null;
  const text = {
    sending: `Sending ${file.name}, ${size(file.size)}`,
    scoring: `Scoring ${file.name}`,
    receiving: "Receiving the scores",
  }[what];
  byId("progress-text").textContent = known ? `${text}: ${share(part)}` : `${text} …`;
  if (known) byId("progress-bar").value = part;
  else byId("progress-bar").removeAttribute("value");
  if (spoken !== text) byId("announcement").textContent = spoken = text;
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key-hint").textContent = servers.key
    ? "The server rejected this key."
    : "The server requires an API key.";
  byId("key").focus();
}

async function sampleFile() {
  const { response } = await get("/api/v1/sample.csv");
  const name = `${model?.name ?? "propensity"}-sample-rows.csv`;
  const file = new File([await response.blob()], name, { type: "text/csv" });
  samples.add(file);
  return file;
}

async function withSample(use) {
  try {
    use(await sampleFile());
  } catch (failure) {
    if (!(failure instanceof RequestError)) throw failure;
    await showProblem(failure, new Blob(), { "Try again": () => withSample(use) });
  }
}

function chosen(files) {
  if (files.length > 1) byId("announcement").textContent = `${counted(files.length, "file")}: only the first is used`;
  if (files.length && !byId("file").disabled) score(files[0]);
}

function takeFiles() {
  const drop = byId("drop");
  const input = byId("file");
  input.addEventListener("change", () => {
    chosen([...input.files]);
    input.value = ""; // so that the same file can be chosen again after a fix
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  for (const type of ["dragenter", "dragover"]) {
    window.addEventListener(type, (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  window.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"));
  window.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!carries(event)) return;
    event.preventDefault();
    chosen([...event.dataTransfer.files]);
  });
}

takeFiles();
start();
byId("cancel").addEventListener("click", () => cancel?.());
byId("try").addEventListener("click", () => withSample(score));
byId("sample").addEventListener("click", () => withSample((file) => save(file, file.name)));
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  servers.key = byId("key").value.trim() || null;
  byId("key-form").hidden = true;
  show(byId("problem"));
  describe();
});
describe();
