// Sends files to the server, and to its backup where it does not answer.

const UPLOAD = "/api/v1/classification/inference/uploadfile";
const CHANGED = "The file was changed or is gone since it was chosen";
const UNANSWERED = new Set([0, 502, 503, 504]);
const SILENCE = 20_000;

// A larger file may take longer to score: milliseconds for each byte.
const SCORING = 1 / 5000;

/** A refusal or a silence: the status (0 for silence) and the problem document. */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The servers that may answer: the page's own and, once it is known, the backup. */
export const servers = { own: "", backup: null, key: null };

const addresses = () => (servers.backup ? [servers.own, servers.backup] : [servers.own]);
const headers = () => (servers.key ? { "X-API-Key": servers.key } : {});

/** Whether an address is the backup's. */
export const isBackup = (address) => address !== servers.own;

/** Asks each server in turn until one answers; the last one's silence or refusal is thrown. */
async function first(ask) {
  let silence;
  for (const address of addresses()) {
    try {
      return await ask(address);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !UNANSWERED.has(refusal.status)) throw refusal;
      silence = refusal;
    }
  }
  throw silence;
}

/** What a server answers to a GET, and which one did. */
export function get(path) {
  return first(async (address) => ({ address, response: await getFrom(address, path) }));
}

/** What this one server answers to a GET. */
export async function getFrom(address, path) {
  let response;
  try {
    response = await fetch(address + path, { headers: headers(), signal: AbortSignal.timeout(SILENCE) });
  } catch {
    throw new Refusal(0, {}, null);
  }
  if (!response.ok) {
    throw new Refusal(response.status, await response.json().catch(() => ({})), response.headers.get("Retry-After"));
  }
  return response;
}

/**
 * Uploads a file.
 *
 * @param on.progress is told what happens and the share of it that is done, or null
 * @param on.cancel is given the function that stops it
 */
export async function upload(file, query, on) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Refusal(400, { title: CHANGED, detail: "choose it again" }, null);
  }
  return first((address) => send(address, file, query, on));
}

function send(address, file, query, on) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    let cancelled = false;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), SILENCE + file.size * SCORING);
    };
    on.cancel(() => {
      cancelled = true;
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
      if (cancelled) return resolve(null);
      if (request.status === 200) return resolve(answer(address, request));
      return reject(
        new Refusal(request.status, parsed(request.responseText), request.getResponseHeader("Retry-After")),
      );
    };
    request.open("POST", address + UPLOAD + query);
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    const form = new FormData();
    form.append("data_file", file, file.name);
    alive();
    request.send(form);
  });
}

function answer(address, request) {
  const rows = parsed(request.responseText);
  if (!Array.isArray(rows)) throw new Refusal(0, { detail: "the answer broke off" }, null);
  const header = (name) => request.getResponseHeader(name);
  return {
    address,
    rows,
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
