// The scored rows, sorted once so that counts, sums and ranks are fast.

export class Scores {
  /**
   * @param rows the response of the API: objects with the identifier, the label and the score
   */
  constructor(rows) {
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
    this.sums = new Float64Array(length + 1);
    this.order.forEach((row, place) => {
      this.places[row] = place;
      this.sums[place + 1] = this.sums[place] + this.scores[row];
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

  /** The expected profit of an offer to the top rows. */
  profit(best, offer) {
    return offer.gain * this.expected(best) - offer.cost * Math.min(best, this.length);
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
