package dev.propensity.tasks.performance;

import dev.propensity.artifacts.FetchedFile;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.performance.OutcomeJoin;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins the batches of outcomes that were received from the begin of a window on. */
record WindowOutcomes(Outcomes outcomes, OutcomeJoin join) {
  private record Batch(String key, Digest digest, Path file, Instant received) {}

  /**
   * Joins them in the order in which they were received; of equal times, by their keys.
   *
   * @param from the begin of the window
   * @param now later ones do not count
   * @return the digest of each batch by its key
   * @throws dev.propensity.foundation.UserException if one is damaged
   */
  SortedMap<String, Digest> join(Instant from, Instant now, Path scratch) throws IOException {
    List<Batch> batches = new ArrayList<>();
    // Dates of other time zones may be received the day before.
    for (String key : outcomes.received(from.minus(Duration.ofDays(1)), now)) {
      S3Location location = outcomes.store().root().resolve(key);
      Path file = Files.createTempFile(scratch, "outcomes", ".arrow");
      Digest digest = new FetchedFile(outcomes.store().objects(), file).fetch(location);
      if (digest != null) {
        try (OutcomeBatchReader reader = new OutcomeBatchReader(file, location.toString())) {
          Instant received = Instant.parse(reader.header().received());
          batches.add(new Batch(key, digest, file, received));
        }
      }
    }
    batches.removeIf(batch -> batch.received().isAfter(now));
    batches.sort(Comparator.comparing(Batch::received).thenComparing(Batch::key));
    SortedMap<String, Digest> digests = new TreeMap<>();
    for (Batch batch : batches) {
      digests.put(batch.key(), batch.digest());
      join.begin();
      try (OutcomeBatchReader reader = new OutcomeBatchReader(batch.file(), batch.key())) {
        reader.forEach(row -> join.add(reader.header(), row));
      }
    }
    return digests;
  }
}
