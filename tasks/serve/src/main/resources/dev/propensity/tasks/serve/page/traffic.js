// Shows requests, latency, rows and capture since the server started.

import { count, counted, element, share, size } from "./text.js";

const PREDICTIONS = ["/invocations", "/api/v1/classification/inference/uploadfile"];

/** The tiles. */
export function tiles(server, capture) {
  const requests = server.requests.filter(({ path, method }) => method === "POST" && PREDICTIONS.includes(path));
  const sum = (from, to) =>
    requests.filter(({ status }) => status >= from && status <= to).reduce((all, one) => all + one.count, 0);
  const all = sum(100, 599);
  const invocations = server.latency.find(({ path }) => path === PREDICTIONS[0]) ?? server.latency[0];
  return [
    tile("Prediction requests", count(all), all ? `${share(sum(200, 299) / all)} answered` : "none yet"),
    tile("Errors", count(sum(400, 599)), `${count(sum(500, 599))} of the server, ${count(sum(400, 499))} of clients`),
    tile(
      "Latency, median",
      invocations ? milliseconds(invocations.p50) : "—",
      invocations ? `95%: ${milliseconds(invocations.p95)}, 99%: ${milliseconds(invocations.p99)}` : "no request yet",
    ),
    tile("Rows scored", count(server.rows), `${count(server.rejected_rows)} rejected`),
    capture
      ? tile(
          "Rows captured",
          count(capture.rows),
          `${count(capture.dropped)} lost, ${size(capture.spool_bytes + capture.queue_bytes)} to upload`,
        )
      : tile("Rows captured", "off", "this server captures no rows"),
  ];
}

function tile(name, value, more) {
  const description = element("dd", {}, element("strong", {}, value), element("span", {}, more));
  return element("div", { class: "tile" }, element("dt", {}, name), description);
}

const milliseconds = (value) =>
  value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value < 10 ? value.toFixed(1) : count(value)} ms`;

/** The requests by route and status, and the latency by route. */
export function requestTables({ requests, latency }) {
  const counts = new Map();
  for (const { method, path, status, count: number } of requests) {
    const route = path.startsWith("/page/") ? "GET the files of the pages" : `${method} ${path}`;
    const key = JSON.stringify([route, status]);
    counts.set(key, (counts.get(key) ?? 0) + number);
  }
  const routes = [...counts].map(([key, number]) => [...JSON.parse(key), count(number)]);
  const times = latency.map((one) => [
    one.path,
    counted(one.count, "request"),
    milliseconds(one.mean),
    milliseconds(one.p50),
    milliseconds(one.p95),
    milliseconds(one.p99),
  ]);
  const tables = [table("Requests by route and status", ["Route", "Status", "Requests"], routes)];
  if (times.length) {
    tables.push(table("Latency of answered requests", ["Route", "Answered", "Mean", "Median", "95%", "99%"], times));
  }
  return tables;
}

function table(name, heads, rows) {
  return element(
    "div",
    { class: "scroll", role: "region", "aria-label": name, tabindex: "0" },
    element(
      "table",
      { class: "figures" },
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...rows.map(([first, ...cells]) => line(first, cells))),
    ),
  );
}

function line(first, cells) {
  const head = element("th", { scope: "row" }, element("code", {}, first));
  return element("tr", {}, head, ...cells.map((cell) => element("td", {}, String(cell))));
}
