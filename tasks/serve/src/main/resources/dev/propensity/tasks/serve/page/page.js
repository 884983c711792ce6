// The page: asks which model answers, takes a file, shows what comes back.

import { assumed, identified, mention, neverSeen, warning } from "./assumed.js";
import { save } from "./csv.js";
import { showModel } from "./model.js";
import { showProblem } from "./problems.js";
import { showResults, start } from "./results.js";
import { byId, counted, element, share, show, size } from "./text.js";
import { Refusal, get, getFrom, isBackup, servers, upload } from "./upload.js";

const PATIENCE = 3000;

let model = null;
let cancel = null;
let uploads = 0;
let again = 0;

/** Asks a server, or whichever answers, which model it answers with. */
async function describe(address = null) {
  try {
    const answer =
      address === null ? await get("/api/v1/model") : { address, response: await getFrom(address, "/api/v1/model") };
    take(await answer.response.json(), answer.address);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    servers.backup ??= refusal.problem.backup ?? null;
    model = null;
    showModel(refusal.problem, false);
    clearTimeout(again);
    if (refusal.status === 401) askForKey();
    else again = setTimeout(() => describe(), PATIENCE);
  }
}

function take(description, address) {
  if (!isBackup(address)) servers.backup = description.backup ?? null;
  model = description;
  showModel(model, isBackup(address));
}

async function score(file, query = "") {
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
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.status === 401) askForKey();
    if (isLast()) await showProblem(refusal, file, ways(refusal, file, query));
  } finally {
    if (isLast()) {
      cancel = null;
      byId("progress").hidden = true;
    }
  }
}

/** What may be done about a refusal, by the words on its button. */
function ways({ status, problem }, file, query) {
  const ways = {};
  if (status === 0 || status === 409 || status >= 500) ways["Try again"] = () => score(file, query);
  const errors = problem.errors ?? [];
  const nameless = errors.length && errors.every(({ column }) => column === model?.dataset?.identifier);
  if (nameless && !query) ways["Use row numbers instead"] = () => score(file, "?identifier=row");
  return ways;
}

async function answered({ address, rows, scorer, read, categories, numbered, duplicates }, file) {
  if (isBackup(address)) {
    show(
      byId("backup"),
      element("strong", {}, "The backup answered."),
      ` This page’s own server did not answer, so ${address} was asked.`,
    );
  }
  // The threshold is that of the model which scored the file, and that may have changed since.
  await describe(address);
  if (!model) throw new Refusal(0, {}, null);
  if (scorer !== model.title) {
    throw new Refusal(409, { title: "Another model answers since", detail: "score the file once more" }, null);
  }
  const where = isBackup(address) ? ", on the backup server" : "";
  byId("answered").textContent = `Scored by ${model.title}${where}${assumed(read)}`;
  const unseen = neverSeen(categories, rows.length);
  show(byId("identified"), ...identified({ numbered, duplicates }, model.dataset.identifier));
  show(byId("unseen"), ...mention(unseen));
  show(byId("doubtful"), ...warning(unseen)); // before the results scroll into view with it
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
    ? "The server does not know this key."
    : "The server answers only who shows a key.";
  byId("key").focus();
}

async function sampleFile() {
  const { response } = await get("/api/v1/sample.csv");
  return new File([await response.blob()], `${model?.name ?? "propensity"}-sample-rows.csv`, { type: "text/csv" });
}

async function withSample(use) {
  try {
    use(await sampleFile());
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    await showProblem(refusal, new Blob(), { "Try again": () => withSample(use) });
  }
}

function chosen(files) {
  if (files.length > 1) byId("announcement").textContent = `${counted(files.length, "file")}: the first is taken`;
  if (files.length) score(files[0]);
}

function takeFiles() {
  const drop = byId("drop");
  const input = byId("file");
  input.addEventListener("change", () => {
    chosen([...input.files]);
    input.value = ""; // so that the same file, mended, may be chosen again
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
