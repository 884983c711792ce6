package dev.propensity.endpoint;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as bodies of requests, each a JSON array that any endpoint takes. */
public final class Requests {
  /**
   * The most bytes of one request: far below SageMaker's limits (6 MB, 4 MB where it is serverless)
   * and the server's own, and large enough that the round trip counts for little.
   */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_LOOK_ALIKES = 10; // of a column

  /** The content type of rows as a JSON array. */
  public static final String JSON = "application/json";

  private static final String CSV = "text/csv";

  private Requests() {}

  /**
   * The content type of rows as a CSV.
   *
   * @param decimal the decimal sign, {@code comma} or {@code point}; null where it is not known
   */
  public static String csv(@Nullable String decimal) {
    return decimal == null ? CSV : CSV + "; decimal=" + decimal;
  }

  /**
   * Scores rows, in as many requests as needed. Of duplicate identifiers those are counted that are
   * in one request.
   *
   * @param request what sends one body
   * @throws RowsRejectedException that counts the rows at fault among all of them
   * @throws UnavailableException if the live model changed between them
   */
  public static ScoringResponse score(
      List<Map<String, String>> rows, Function<byte[], ScoringResponse> request) {
    String model = null;
    List<ScoringResponse.Prediction> predictions = new ArrayList<>(rows.size());
    RowsRejectedException rejected = null;
    SortedMap<String, Long> unseen = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> lookAlikes = new TreeMap<>();
    String identifier = null;
    long duplicates = 0;
    for (int from = 0; from < rows.size(); ) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int to = fill(body, rows, from);
      int first = from;
      from = to;
      ScoringResponse response;
      try {
        response = request.apply(body.toByteArray());
      } catch (RowsRejectedException e) {
        rejected = together(rejected, e.after(first));
        continue;
      }
      if (model != null && !model.equals(response.model())) {
        throw new UnavailableException(
            "the endpoint changed from " + model + " to " + response.model() + " meanwhile");
      }
      model = response.model();
      predictions.addAll(response.predictions());
      response.unseen().forEach((column, count) -> unseen.merge(column, count, Long::sum));
      response.lookAlikes().forEach((column, words) -> merge(lookAlikes, column, words));
      identifier = response.identifier();
      duplicates += response.duplicates();
    }
    if (rejected != null) {
      throw rejected;
    }
    return new ScoringResponse(
        model, predictions, null, identifier, duplicates, unseen, lookAlikes);
  }

  private static void merge(
      SortedMap<String, SortedMap<String, String>> all,
      String column,
      SortedMap<String, String> words) {
    SortedMap<String, String> known = all.computeIfAbsent(column, name -> new TreeMap<>());
    words.forEach(
        (word, alike) -> {
          if (known.size() < MAX_LOOK_ALIKES) {
            known.put(word, alike);
          }
        });
  }

  // What is wrong with a request as a whole is wrong with the others, too.
  private static RowsRejectedException together(
      @Nullable RowsRejectedException earlier, RowsRejectedException one) {
    if (one.errors().isEmpty()) {
      throw one;
    }
    return earlier == null ? one : earlier.and(one);
  }

  /** Writes rows from this one on and returns the first that is left. Writes at least one row. */
  private static int fill(ByteArrayOutputStream body, List<Map<String, String>> rows, int from) {
    body.write('[');
    int next = from;
    while (next < rows.size()) {
      byte[] row = CanonicalJson.bytes(rows.get(next));
      if (next > from) {
        if (body.size() + row.length + 2 > MAX_BYTES) {
          break;
        }
        body.write(',');
      }
      body.writeBytes(row);
      next++;
    }
    body.write(']');
    return next;
  }
}
