package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.profile.DataReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a stored {@code report.json}, also one of an earlier version, warns of. */
record StoredDataReport(JsonNode report) {

  /** Quarantined rows and leaks, one sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    long invalid = report.path("quarantined_rows").asLong();
    if (invalid > 0) {
      long valid = report.path("unassigned_rows").asLong();
      for (JsonNode rows : report.path("rows")) {
        valid += rows.asLong();
      }
      SortedMap<String, Long> cells = new TreeMap<>();
      report
          .path("quarantined")
          .properties()
          .forEach(rule -> cells.put(rule.getKey(), rule.getValue().asLong()));
      warnings.add(DataReport.quarantineWarning(invalid, valid + invalid, cells));
    }
    warnings.addAll(leaks());
    return warnings;
  }

  /** Columns that alone tell the label, one sentence each. */
  List<String> leaks() {
    List<String> leaks = new ArrayList<>();
    for (JsonNode column : report.path("columns")) {
      if (column.hasNonNull("leak")) {
        leaks.add(column.path("name").asText() + ": " + column.path("leak").asText());
      }
    }
    return leaks;
  }
}
