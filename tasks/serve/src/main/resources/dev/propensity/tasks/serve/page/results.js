// Shows the results of an upload: the selection, its expected profit, the table and the downloads.

import { Chart, limitOf } from "./chart.js";
import { result, save } from "./csv.js";
import { Scores } from "./scores.js";
import { Table, controls } from "./table.js";
import { byId, count, counted, element, money, score, share } from "./text.js";

let now = null;
let drawing = 0;
let speaking = 0;

/**
 * Shows the results of a file.
 *
 * @param reliable whether the scores are reliable enough to show an expected profit
 */
export function showResults(rows, file, model, reliable) {
  const scores = new Scores(rows, model.calibration_line);
  const { offer } = model.dataset;
  const limit = limitOf(scores, model.threshold);
  now = { scores, offer, limit, file, reliable, threshold: model.threshold, own: model.threshold };
  now.selected = scores.from(model.threshold);
  byId("results").hidden = false;
  byId("results-heading").textContent = `Results of ${file}`;
  byId("slider").max = limit;
  byId("best").max = scores.length;
  byId("own").textContent = `Model threshold ${score(model.threshold)}`;
  byId("even").textContent = `Break-even ${score(offer.cost / offer.gain)}`;
  byId("profit-legend").hidden = !reliable;
  byId("profit-hint").textContent =
    `An offer costs ${money(offer.cost, offer.currency)}, a positive response is worth ${money(offer.gain, offer.currency)}. ` +
    (reliable
      ? model.calibration_line
        ? "Expected values correct the scores by the model's calibration line. The 95% intervals of this selection include chance and the uncertainty of the calibration, if the customers resemble those of the training data. "
        : "Expected values take the scores as probabilities. "
      : "The profit is not shown: too many rows have a category that is not in the training data. ") +
    "The height of a bar is proportional to the square root of its number of rows.";
  now.chart = new Chart(scores, limit, reliable ? offer : null);
  now.table = new Table(scores, now.selected);
  draw();
  byId("results").scrollIntoView({ block: "start" });
  byId("results-heading").focus({ preventScroll: true });
}

function selectFrom(threshold) {
  if (!now || !(threshold >= 0)) return;
  now.threshold = threshold;
  now.selected = now.scores.from(threshold);
  later();
}

function selectBest(number) {
  if (!now || !(number >= 0)) return;
  now.selected = Math.min(now.scores.length, Math.floor(number));
  now.threshold = now.scores.scoreOf(now.selected);
  later();
}

// Redraws at most once a frame.
function later() {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    draw();
    now.table.select(now.selected);
  });
}

function draw() {
  const { scores, offer, selected, threshold, reliable } = now;
  now.chart.mark(selected === 0 ? Math.max(threshold, scores.highest()) : threshold);
  fill("slider", threshold);
  fill("threshold", Number(threshold.toFixed(6)));
  fill("best", selected);
  const expected = scores.expected(selected);
  const interval = reliable ? scores.interval(selected) : null;
  const amount = (positives) => money(scores.profit(selected, offer, positives), offer.currency);
  const profit = amount(expected);
  const part = scores.length ? selected / scores.length : 0;
  byId("tiles").replaceChildren(
    tile("Rows", count(scores.length), "scored"),
    tile("Selected", count(selected), `${share(part)} of the rows`),
    reliable
      ? tile(
          "Expected positives",
          number(expected),
          (interval ? `95%: ${number(interval[0])} to ${number(interval[1])}, ` : "") +
            `${share(selected ? expected / selected : 0)} of the selected`,
        )
      : tile("Expected positives", "not shown", "too many unseen categories"),
    reliable
      ? tile("Expected profit", profit, profitNote(profit, interval?.map(amount), selected))
      : tile("Expected profit", "not shown", "too many unseen categories"),
  );
  byId("download-selected").textContent = `Download ${count(selected)} selected`;
  byId("download-selected").disabled = selected === 0;
  const chosen = `${counted(selected, "row")} selected${reliable ? `, expected profit ${profit}` : ""}`;
  const sentence = `Threshold ${score(threshold)}: ${chosen}`;
  byId("slider").setAttribute("aria-valuetext", sentence);
  clearTimeout(speaking);
  speaking = setTimeout(() => (byId("announcement").textContent = sentence), 700);
}

const number = (value) => (value < 10 ? value.toFixed(1) : count(value));

function profitNote(profit, interval, selected) {
  const offers = `${profit.startsWith("−") ? "expected loss " : ""}if all ${count(selected)} get the offer`;
  return interval ? `95%: ${interval[0]} to ${interval[1]}, ${offers}` : offers;
}

// Does not overwrite a field while the user types in it.
function fill(id, value) {
  const field = byId(id);
  if (field !== document.activeElement || field.type === "range") field.value = value;
}

function tile(name, value, more) {
  const description = element("dd", {}, element("strong", {}, value), element("span", {}, more));
  return element("div", { class: "tile" }, element("dt", {}, name), description);
}

function keep(rows, ending) {
  const name = now.file.replace(/\.(csv|tsv|txt)(\.gz)?$/i, "");
  save(result(now.scores, rows, now.selected), `${name}-${ending}.csv`);
}

/** Adds the event listeners; called once. */
export function start() {
  controls(() => now?.table);
  byId("slider").addEventListener("input", (event) => selectFrom(event.target.valueAsNumber));
  byId("threshold").addEventListener("input", (event) => selectFrom(event.target.valueAsNumber));
  byId("best").addEventListener("input", (event) => selectBest(event.target.valueAsNumber));
  for (const id of ["threshold", "best"]) byId(id).addEventListener("blur", () => now && later());
  byId("own").addEventListener("click", () => selectFrom(now.own));
  byId("even").addEventListener("click", () => selectFrom(now.offer.cost / now.offer.gain));
  byId("download").addEventListener("click", () => keep(Uint32Array.from(now.scores.places.keys()), "scores"));
  byId("download-selected").addEventListener("click", () => {
    keep(now.scores.order.subarray(0, now.selected), "selected");
  });
}
