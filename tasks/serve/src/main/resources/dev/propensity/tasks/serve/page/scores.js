// The scored rows, sorted once so that counts, sums and ranks are fast.

const NORMAL_QUANTILE = 1.959963984540054; // 97.5%
const SMALLEST = 2 ** -24; // of a score: a 32-bit float has no closer one below 1

const sigmoid = (margin) => 1 / (1 + Math.exp(-margin));

function logOddsOf(score) {
  const inside = Math.max(SMALLEST, Math.min(1 - SMALLEST, score));
  return Math.log(inside / (1 - inside));
}

export class Scores {
  /**
   * @param rows the response of the API: objects with the identifier, the label and the score
   * @param line the model's calibration line, for expected values; null if it is unknown
   */
  constructor(rows, line) {
    this.line = line;
    const [identifier, label] = rows.length ? Object.keys(rows[0]) : ["id", "label"];
    this.identifierName = identifier;
    this.labelName = label;
    this.length = rows.length;
    this.identifiers = new Array(rows.length);
    this.scores = new Float64Array(rows.length);
    // The server compares scores as 32-bit floats, so the page must too.
    this.exact = new Float32Array(rows.length);
    rows.forEach((row, index) => {
      this.identifiers[index] = String(row[identifier]);
      this.scores[index] = row.score;
      this.exact[index] = row.score;
    });
    this.rank();
  }

  /** Ranks the rows from the highest score; rows with equal scores keep the file's order. */
  rank() {
    const { exact, length } = this;
    this.order = Uint32Array.from({ length }, (_, index) => index);
    this.order.sort((a, b) => exact[b] - exact[a] || a - b);
    this.places = new Uint32Array(length);
    // Sums over the top rows: of the probabilities, and of the information on the line's intercept and slope.
    this.sums = new Float64Array(length + 1);
    this.information = new Float64Array(length + 1);
    this.slopeInformation = new Float64Array(length + 1);
    this.order.forEach((row, place) => {
      this.places[row] = place;
      const logOdds = logOddsOf(exact[row]);
      const probability = this.line ? sigmoid(this.line.slope * logOdds + this.line.intercept) : this.scores[row];
      const weight = probability * (1 - probability);
      this.sums[place + 1] = this.sums[place] + probability;
      this.information[place + 1] = this.information[place] + weight;
      this.slopeInformation[place + 1] = this.slopeInformation[place] + weight * logOdds;
    });
  }

  /** The number of rows with this score or a higher one. */
  from(threshold) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.exact[this.order[middle]] >= threshold) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The score of the last of the top rows; 1 if there are none. */
  scoreOf(best) {
    return best > 0 ? this.scores[this.order[Math.min(best, this.length) - 1]] : 1;
  }

  /** Whether the row is among the top rows. */
  isAmong(row, best) {
    return this.places[row] < best;
  }

  /** The expected number of positive responses among the top rows. */
  expected(best) {
    return this.sums[Math.min(best, this.length)];
  }

  /**
   * The 95% interval of the number of positive responses among the top rows, as ProfitForecast.java computes it: by
   * chance and by the uncertainty of the calibration. Null if the calibration is unknown.
   */
  interval(best) {
    if (!this.line) return null;
    const at = Math.min(best, this.length);
    const [intercept, slope] = [this.information[at], this.slopeInformation[at]];
    const calibration =
      intercept * intercept * this.line.intercept_variance +
      2 * intercept * slope * this.line.covariance +
      slope * slope * this.line.slope_variance;
    const half = NORMAL_QUANTILE * Math.sqrt(intercept + Math.max(0, calibration));
    return [Math.max(0, this.sums[at] - half), Math.min(at, this.sums[at] + half)];
  }

  /** The profit of an offer to the top rows, if so many of them respond. */
  profit(best, offer, positives = this.expected(best)) {
    return offer.gain * positives - offer.cost * Math.min(best, this.length);
  }

  /** The highest score. */
  highest() {
    return this.length ? this.scores[this.order[0]] : 0;
  }

  /** The number of rows in each of `number` equal bins from 0 to the limit. */
  bins(number, limit) {
    const counts = new Uint32Array(number);
    for (let row = 0; row < this.length; row++) {
      counts[Math.min(number - 1, Math.floor((this.scores[row] / limit) * number))]++;
    }
    return counts;
  }

  /** Sort keys of the identifiers: numeric where all end in a number after the same prefix. */
  identifierKeys() {
    if (!this.keys) {
      const parts = this.identifiers.map((text) => /^(.*?)(\d{1,15})$/s.exec(text));
      const numbered = parts.every((part) => part && part[1] === parts[0][1]);
      this.keys = numbered ? Float64Array.from(parts, (part) => Number(part[2])) : this.identifiers;
    }
    return this.keys;
  }
}
