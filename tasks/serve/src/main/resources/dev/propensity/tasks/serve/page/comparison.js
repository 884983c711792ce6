// Shows how an uploaded file differs from the training data.

import { columnTable, legend } from "./columns.js";
import { byId, count, counted, element, show } from "./text.js";

const COUNTS = 0.02;

/** Shows the comparison, or hides it if the server sent none. */
export function showComparison(comparison) {
  const section = byId("comparison");
  section.hidden = !comparison;
  if (!comparison) {
    show(byId("comparison-body"));
    return;
  }
  const { columns } = comparison;
  const changed = columns.filter(({ effect }) => effect >= COUNTS);
  const text = changed.length
    ? `${counted(changed.length, "column")} of ${count(columns.length)} differ${changed.length === 1 ? "s" : ""} from the training data: `
    : `The columns look like those of the training data: no effect of ${COUNTS} or more.`;
  show(
    byId("comparison-body"),
    element("p", {}, text, changed.length ? element("strong", {}, named(changed)) : ""),
    element(
      "p",
      { class: "hint" },
      `${counted(comparison.rows, "row")} of the file against ${count(comparison.training_rows)} of the training data, the ` +
        "largest effect first. Effect: the population stability index without the part that is due to chance; from 0.1 " +
        "it is large. A selection of customers, such as one region, is expected to differ.",
    ),
    legend("your file"),
    columnTable(columns, comparison.labels, comparison.scores, comparison.score_edges),
  );
}

function named(columns) {
  const names = columns.slice(0, 5).map(({ name }) => name);
  return columns.length > 5 ? `${names.join(", ")} and ${columns.length - 5} more.` : `${names.join(", ")}.`;
}
