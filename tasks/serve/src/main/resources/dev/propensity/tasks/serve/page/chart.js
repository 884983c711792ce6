// The histogram of scores, with the selected part highlighted, and the expected profit by threshold.

import { byId, count, shape, share } from "./text.js";

const WIDTH = 1000;
const HEIGHT = 200;
const BINS = 50;

/** The end of the axis: the highest score or the threshold, rounded up. */
export function limitOf(scores, threshold) {
  const highest = Math.max(scores.highest(), Math.min(1, threshold * 1.1));
  const step = highest > 0.2 ? 0.1 : highest > 0.02 ? 0.01 : 0.001;
  return Math.min(1, Math.ceil(highest / step + 1e-9) * step);
}

export class Chart {
  /**
   * @param offer the offer whose profit is drawn; null for none
   */
  constructor(scores, limit, offer) {
    this.limit = limit;
    const bins = scores.bins(BINS, limit);
    const most = Math.max(1, ...bins);
    this.clip = shape("rect", { x: 0, y: 0, width: WIDTH, height: HEIGHT });
    this.line = shape("line", { y1: 0, y2: HEIGHT, class: "at", "vector-effect": "non-scaling-stroke" });
    const picture = shape(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
      shape("clipPath", { id: "selected-part" }, this.clip),
      shape("path", { class: "bars", d: bars(bins, most) }),
      shape("path", { class: "bars selected", d: bars(bins, most), "clip-path": "url(#selected-part)" }),
      ...(offer
        ? [shape("path", { class: "profit", d: profits(scores, limit, offer), "vector-effect": "non-scaling-stroke" })]
        : []),
      this.line,
    );
    byId("chart").replaceChildren(picture);
    byId("chart-caption").textContent = caption(bins, limit, scores.length);
    axis(limit);
  }

  /** Moves the border of the selection. */
  mark(threshold) {
    const x = Math.min(WIDTH, (threshold / this.limit) * WIDTH);
    this.clip.setAttribute("x", x);
    this.line.setAttribute("x1", x);
    this.line.setAttribute("x2", x);
  }
}

// Square root scale: otherwise many scores near 0 would hide the other bars.
function bars(bins, most) {
  const width = WIDTH / BINS;
  let path = "";
  bins.forEach((number, bin) => {
    if (number === 0) return;
    const height = Math.max(3, Math.sqrt(number / most) * (HEIGHT - 6));
    path += `M${bin * width + 1} ${HEIGHT}v${-height}h${width - 2}v${height}z`;
  });
  return path;
}

function profits(scores, limit, offer) {
  const points = Array.from({ length: 201 }, (_, index) => scores.profit(scores.from((index / 200) * limit), offer));
  const high = Math.max(0, ...points);
  const low = Math.min(0, ...points);
  const span = high - low || 1;
  const height = (value) => 8 + ((high - value) / span) * (HEIGHT - 16);
  return points.map((value, index) => `${index ? "L" : "M"}${index * 5} ${height(value).toFixed(1)}`).join("");
}

function axis(limit) {
  const labels = Array.from({ length: 6 }, (_, index) => {
    const label = document.createElement("span");
    label.textContent = ((index / 5) * limit).toFixed(limit > 0.2 ? 2 : 3);
    return label;
  });
  byId("axis").replaceChildren(...labels);
}

function caption(bins, limit, rows) {
  const fifths = Array.from({ length: 5 }, (_, fifth) => {
    const begin = (fifth * BINS) / 5;
    const number = bins.slice(begin, begin + BINS / 5).reduce((sum, value) => sum + value, 0);
    const bounds = [fifth, fifth + 1].map((edge) => ((edge * limit) / 5).toFixed(2));
    return `${bounds[0]} to ${bounds[1]}: ${count(number)} rows, ${share(number / Math.max(1, rows))}`;
  });
  return `Histogram of the scores. ${fifths.join("; ")}.`;
}
