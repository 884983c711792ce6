package dev.propensity.tasks.serve.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.propensity.dataset.request.JsonWords;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.model.Model;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that is verified and ready to serve.
 *
 * @param name the dataset's name with its origin
 * @param version its number among the dataset's models; null if it was set by its location
 * @param uri where it was loaded from
 * @param digest of its files
 * @param metrics on the test split; empty if there is no evaluation
 * @param schema of the rows to score
 * @param baseline of its training rows; null if it has none
 * @param words the categories of JSON's numbers and booleans in its encoder
 */
public record ServedModel(
    String name,
    @Nullable Integer version,
    String uri,
    Digest digest,
    SortedMap<String, Double> metrics,
    Model model,
    @JsonIgnore @Nullable Baseline baseline,
    @JsonIgnore RowSchema schema,
    JsonWords words) {
  private static final int DIGITS = 12;

  public ServedModel(
      String name,
      @Nullable Integer version,
      String uri,
      Digest digest,
      SortedMap<String, Double> metrics,
      Model model,
      @Nullable Baseline baseline) {
    this(
        name,
        version,
        uri,
        digest,
        metrics,
        model,
        baseline,
        RowSchema.scoring(List.of(model.encoder())),
        new JsonWords(model.encoder()));
  }

  /** Its title in responses: {@code insurance/3@0123456789ab}. */
  @JsonIgnore
  public String title() {
    StringBuilder title = new StringBuilder(name);
    if (version != null) {
      title.append('/').append(version);
    }
    return title.append('@').append(digest.abbreviated(DIGITS)).toString();
  }

  /** 1 if the score is at least the model's threshold, else 0. */
  public int label(float score) {
    return score >= model.threshold() ? 1 : 0;
  }
}
