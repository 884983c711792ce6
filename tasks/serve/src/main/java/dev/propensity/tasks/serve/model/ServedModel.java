package dev.propensity.tasks.serve.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Model;
import java.util.List;
import java.util.SortedMap;

/**
 * A model that has proved itself and is ready to answer.
 *
 * @param name the dataset's name with its origin
 * @param version its number among the dataset's models; null where it was named by hand
 * @param uri where it was loaded from
 * @param digest of its files
 * @param metrics on the test split; empty where no evaluation is known
 * @param schema of the rows that it scores
 * @param words what JSON's numbers and booleans mean to its encoder
 */
public record ServedModel(
    String name,
    Integer version,
    String uri,
    Digest digest,
    SortedMap<String, Double> metrics,
    Model model,
    @JsonIgnore RowSchema schema,
    JsonWords words) {
  private static final int DIGITS = 12;

  public ServedModel(
      String name,
      Integer version,
      String uri,
      Digest digest,
      SortedMap<String, Double> metrics,
      Model model) {
    this(
        name,
        version,
        uri,
        digest,
        metrics,
        model,
        RowSchema.scoring(List.of(model.encoder())),
        new JsonWords(model.encoder()));
  }

  /** What every answer calls it: {@code insurance/3@0123456789ab}. */
  @JsonIgnore
  public String title() {
    StringBuilder title = new StringBuilder(name);
    if (version != null) {
      title.append('/').append(version);
    }
    return title.append('@').append(digest.abbreviated(DIGITS)).toString();
  }

  /** 1 where the score reaches the model's threshold, else 0. */
  public int label(float score) {
    return score >= model.threshold() ? 1 : 0;
  }
}
