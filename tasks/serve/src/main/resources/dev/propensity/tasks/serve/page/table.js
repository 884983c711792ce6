// The table of scored rows, with sorting, search and pages.

import { byId, count, counted, element, score } from "./text.js";

export class Table {
  constructor(scores, selected) {
    this.scores = scores;
    this.selected = selected;
    this.sort = { by: "score", descending: true };
    this.page = 0;
    this.columns = [
      ["row", "Row"],
      ["identifier", scores.identifierName],
      ["score", "Score"],
      ["label", scores.labelName],
    ];
    byId("search").value = "";
    byId("only").checked = false;
    this.head();
    this.arrange();
  }

  /** Changes the number of selected rows. */
  select(selected) {
    this.selected = selected;
    if (byId("only").checked) this.arrange();
    else this.show();
  }

  /** Filters and sorts the rows. */
  arrange() {
    const { scores, selected } = this;
    const word = byId("search").value.trim().toLowerCase();
    const only = byId("only").checked;
    let rows = this.ordered();
    if (word || only) {
      rows = rows.filter(
        (row) =>
          (!only || scores.isAmong(row, selected)) && (!word || scores.identifiers[row].toLowerCase().includes(word)),
      );
    }
    this.rows = rows;
    this.page = 0;
    this.show();
  }

  ordered() {
    const { scores, sort } = this;
    if (this.cached?.by !== sort.by) this.cached = { by: sort.by, rows: this.ascending(sort.by) };
    const rows = this.cached.rows;
    return sort.descending ? rows.slice().reverse() : rows;
  }

  ascending(by) {
    const { scores } = this;
    const rows = Uint32Array.from({ length: scores.length }, (_, index) => index);
    if (by === "row") return rows;
    if (by !== "identifier") return scores.order.slice().reverse();
    const keys = scores.identifierKeys();
    return rows.sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b));
  }

  head() {
    const cells = this.columns.map(([by, name]) => {
      const arrow = element("span", { class: "arrow", "aria-hidden": "true" });
      const button = element("button", { type: "button" }, name, arrow);
      button.addEventListener("click", () => this.sortBy(by));
      return element("th", { scope: "col", class: by, "data-by": by }, button);
    });
    byId("table-head").replaceChildren(...cells);
    this.showSort();
  }

  sortBy(by) {
    const same = this.sort.by === by;
    this.sort = { by, descending: same ? !this.sort.descending : by === "score" || by === "label" };
    this.showSort();
    this.arrange();
  }

  showSort() {
    for (const cell of byId("table-head").children) {
      const sorted = cell.dataset.by === this.sort.by;
      cell.setAttribute("aria-sort", sorted ? (this.sort.descending ? "descending" : "ascending") : "none");
    }
  }

  get pages() {
    return Math.max(1, Math.ceil(this.rows.length / this.size));
  }

  get size() {
    return Number(byId("page-size").value);
  }

  /** Shows a page, or the nearest existing one. */
  turn(page) {
    this.page = Math.min(this.pages - 1, Math.max(0, page));
    this.show();
  }

  show() {
    const begin = this.page * this.size;
    const end = Math.min(this.rows.length, begin + this.size);
    const body = Array.from(this.rows.subarray(begin, end), (row) => this.line(row));
    byId("table-body").replaceChildren(...(body.length ? body : [this.nothing()]));
    byId("page-state").textContent = this.rows.length
      ? `${count(begin + 1)} to ${count(end)} of ${counted(this.rows.length, "row")}`
      : "no rows";
    byId("first-page").disabled = byId("previous-page").disabled = this.page === 0;
    byId("next-page").disabled = byId("last-page").disabled = this.page >= this.pages - 1;
  }

  line(row) {
    const { scores, selected } = this;
    const yes = scores.isAmong(row, selected);
    const bar = element("span", { class: yes ? "bar yes" : "bar", "aria-hidden": "true" });
    const chip = element("span", { class: yes ? "chip yes" : "chip" }, yes ? "1 · yes" : "0 · no");
    bar.style.setProperty("--share", `${scores.scores[row] * 100}%`);
    return element(
      "tr",
      {},
      element("td", { class: "row" }, count(row + 1)),
      element("th", { scope: "row", class: "identifier" }, scores.identifiers[row]),
      element("td", { class: "score" }, element("div", {}, element("span", {}, score(scores.scores[row])), bar)),
      element("td", { class: "label" }, chip),
    );
  }

  nothing() {
    return element("tr", {}, element("td", { colspan: this.columns.length, class: "nothing" }, "No matching rows."));
  }
}

/** Adds event listeners that apply to the current table. */
export function controls(table) {
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => table()?.arrange(), 120);
  };
  byId("search").addEventListener("input", later);
  byId("only").addEventListener("change", () => table()?.arrange());
  byId("page-size").addEventListener("change", () => table()?.turn(0));
  byId("first-page").addEventListener("click", () => table()?.turn(0));
  byId("previous-page").addEventListener("click", () => table()?.turn(table().page - 1));
  byId("next-page").addEventListener("click", () => table()?.turn(table().page + 1));
  byId("last-page").addEventListener("click", () => table()?.turn(Infinity));
}
