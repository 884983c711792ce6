// Sends files to the server, or to its backup if it is unavailable.

const UPLOAD = "/api/v1/classification/inference/uploadfile";
const CHANGED = "The file was changed or removed after it was chosen";
const UNAVAILABLE = new Set([0, 502, 503, 504]);
const TIMEOUT_MILLISECONDS = 20_000;

// Additional time to score a large file, in milliseconds per byte.
const SCORING = 1 / 5000;

/** A failed request: the status (0 if there was no response) and the problem document. */
export class RequestError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The servers to use: the page's own and, once it is known, the backup. */
export const servers = { own: "", backup: null, key: null };

/** Files of the model's sample rows, which the server does not capture. */
export const samples = new WeakSet();

const addresses = () => (servers.backup ? [servers.own, servers.backup] : [servers.own]);
const headers = () => (servers.key ? { "X-API-Key": servers.key } : {});

/** Whether an address is the backup's. */
export const isBackup = (address) => address !== servers.own;

/** Tries each server in turn until one responds; throws the last failure. */
async function first(request) {
  let last;
  for (const address of addresses()) {
    try {
      return await request(address);
    } catch (failure) {
      if (!(failure instanceof RequestError) || !UNAVAILABLE.has(failure.status)) throw failure;
      last = failure;
    }
  }
  throw last;
}

/** The response to a GET request, and the server that sent it. */
export function get(path) {
  return first(async (address) => ({ address, response: await getFrom(address, path) }));
}

/** This server's response to a GET request. */
export async function getFrom(address, path) {
  let response;
  try {
    response = await fetch(address + path, { headers: headers(), signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  } catch {
    throw new RequestError(0, {}, null);
  }
  if (!response.ok) {
    throw new RequestError(response.status, await response.json().catch(() => ({})), response.headers.get("Retry-After"));
  }
  return response;
}

/**
 * Uploads a file.
 *
 * @param query parameters of the request
 * @param on.progress is called with the current step and the share of it that is done, or null
 * @param on.cancel is called with the function that cancels the upload
 */
export async function upload(file, query, on) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new RequestError(400, { title: CHANGED, detail: "choose it again" }, null);
  }
  return first((address) => send(address, file, query, on));
}

function send(address, file, query, on) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    let canceled = false;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), TIMEOUT_MILLISECONDS + file.size * SCORING);
    };
    on.cancel(() => {
      canceled = true;
      request.abort();
    });
    request.upload.onprogress = (event) => {
      alive();
      on.progress("sending", event.lengthComputable ? event.loaded / event.total : null);
    };
    request.upload.onload = () => {
      alive();
      on.progress("scoring", null);
    };
    request.onprogress = (event) => {
      alive();
      on.progress("receiving", event.lengthComputable ? event.loaded / event.total : null);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      if (canceled) return resolve(null);
      if (request.status === 200) return resolve(answer(address, request));
      return reject(
        new RequestError(request.status, parsed(request.responseText), request.getResponseHeader("Retry-After")),
      );
    };
    request.open("POST", `${address}${UPLOAD}?${new URLSearchParams({ ...query, comparison: "training" })}`);
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    if (samples.has(file)) request.setRequestHeader("Propensity-Purpose", "probe");
    const form = new FormData();
    form.append("data_file", file, file.name);
    alive();
    request.send(form);
  });
}

function answer(address, request) {
  const body = parsed(request.responseText);
  const rows = Array.isArray(body) ? body : body.predictions; // an array from an earlier version, as a backup may be
  if (!Array.isArray(rows)) throw new RequestError(0, { detail: "the response is incomplete" }, null);
  const header = (name) => request.getResponseHeader(name);
  return {
    address,
    rows,
    comparison: body.comparison ?? null,
    scorer: header("Propensity-Model"),
    read: header("Propensity-Csv"),
    categories: {
      unseen: header("Propensity-Unseen"),
      doubtful: Number(header("Propensity-Doubtful") ?? 0),
      lookAlikes: header("Propensity-Look-Alikes"),
    },
    numbered: header("Propensity-Identifier") === "row",
    duplicates: Number(header("Propensity-Duplicates") ?? 0),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
