package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.profile.Copies;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.dataset.profile.DataWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a stored {@code report.json}, also one of an earlier version, warns of. */
record StoredDataReport(JsonNode report) {

  DataWarnings warnings() {
    List<String> others = new ArrayList<>();
    quarantined(others);
    Copies copies = copies();
    String copied = copies == null ? null : copies.warning();
    if (copied != null) {
      others.add(copied);
    }
    List<String> leaks = new ArrayList<>();
    for (JsonNode column : report.path("columns")) {
      if (column.hasNonNull("leak")) {
        leaks.add(column.path("name").asText() + ": " + column.path("leak").asText());
      }
      column.path("warnings").forEach(warning -> others.add(warning.asText()));
    }
    return new DataWarnings(leaks, others);
  }

  /** The test rows that are copies; null where there are none or few. */
  @Nullable Copies copies() {
    JsonNode copies = report.path("copies");
    return !copies.isObject()
        ? null
        : new Copies(
            copies.path("rows").asLong(),
            copies.path("of").asLong(),
            copies.hasNonNull("agreement") ? copies.path("agreement").asDouble() : null,
            copies.path("coincidence").asBoolean(),
            copies.path("grouped").asBoolean());
  }

  private void quarantined(List<String> warnings) {
    long invalid = report.path("quarantined_rows").asLong();
    if (invalid == 0) {
      return;
    }
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
}
