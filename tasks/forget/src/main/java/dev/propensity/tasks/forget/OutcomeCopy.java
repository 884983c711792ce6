package dev.propensity.tasks.forget;

import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.outcome.OutcomeBatchWriter;
import java.nio.file.Path;
import java.util.Set;

/** Copies of batches of outcomes. */
final class OutcomeCopy {
  private OutcomeCopy() {}

  /**
   * Writes the outcomes that stay.
   *
   * @param identifiers of the others, as the batch stores them
   * @return how many do not stay
   */
  static long without(Set<String> identifiers, OutcomeBatchReader batch, Path kept) {
    long[] all = {0};
    try (OutcomeBatchWriter writer = new OutcomeBatchWriter(kept, batch.header())) {
      batch.forEach(
          row -> {
            all[0]++;
            if (!identifiers.contains(row.identifier())) {
              writer.add(row);
            }
          });
      writer.finish();
      return all[0] - writer.rows();
    }
  }
}
