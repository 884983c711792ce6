// The scored rows, held so that counting, summing and ranking cost next to nothing.

export class Scores {
  /**
   * @param rows what the API answers: objects with the identifier, the label and the score
   */
  constructor(rows) {
    const [identifier, label] = rows.length ? Object.keys(rows[0]) : ["id", "label"];
    this.identifierName = identifier;
    this.labelName = label;
    this.length = rows.length;
    this.identifiers = new Array(rows.length);
    this.scores = new Float64Array(rows.length);
    // The server compares a score as the 32-bit number that it is, so the page must too.
    this.exact = new Float32Array(rows.length);
    rows.forEach((row, index) => {
      this.identifiers[index] = String(row[identifier]);
      this.scores[index] = row.score;
      this.exact[index] = row.score;
    });
    this.rank();
  }

  /** Ranks the rows, the best first; rows of one score in the file's order. */
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

  /** How many rows score this or more. */
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

  /** The score of the last of the best rows; 1 for none. */
  scoreOf(best) {
    return best > 0 ? this.scores[this.order[Math.min(best, this.length) - 1]] : 1;
  }

  /** Whether the row is among the best. */
  isAmong(row, best) {
    return this.places[row] < best;
  }

  /** How many of the best rows will say yes, if the scores are right. */
  expected(best) {
    return this.sums[Math.min(best, this.length)];
  }

  /** What the offer to the best rows brings, if the scores are right. */
  profit(best, offer) {
    return offer.gain * this.expected(best) - offer.cost * Math.min(best, this.length);
  }

  /** The highest score. */
  highest() {
    return this.length ? this.scores[this.order[0]] : 0;
  }

  /** How many rows fall into each of so many equal bins from 0 to the limit. */
  bins(number, limit) {
    const counts = new Uint32Array(number);
    for (let row = 0; row < this.length; row++) {
      counts[Math.min(number - 1, Math.floor((this.scores[row] / limit) * number))]++;
    }
    return counts;
  }

  /** A rank by identifier: numbers by their value where all end in one after the same letters. */
  identifierKeys() {
    if (!this.keys) {
      const parts = this.identifiers.map((text) => /^(.*?)(\d{1,15})$/s.exec(text));
      const numbered = parts.every((part) => part && part[1] === parts[0][1]);
      this.keys = numbered ? Float64Array.from(parts, (part) => Number(part[2])) : this.identifiers;
    }
    return this.keys;
  }
}
