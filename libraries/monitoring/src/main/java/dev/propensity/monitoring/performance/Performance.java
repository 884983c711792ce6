package dev.propensity.monitoring.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.metric.Interval;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a model performed on the customers that it scored in a window: {@code performance.json}.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param name the dataset's name with its origin
 * @param window of the scores, as users write it
 * @param model the digest of the model
 * @param horizonDays the days after a score in which a positive outcome counts
 * @param contactedBy who counts as contacted, as in the specification
 * @param threshold the score from which a customer is selected
 * @param testAuc the AUC on the test split; null where the model was never released
 * @param scores of the model in the window
 * @param rows customers with such a score: the last one counts
 * @param otherModels scores of other models
 * @param unidentified scores without an identifier
 * @param outcomes what was joined
 * @param contacted the contacted customers
 * @param isUnbiased whether these are all that were scored, except a control group
 * @param explore those who were contacted whatever the score; null where there are none
 * @param profit of the contacts; null where there are none
 * @param increment against the control group; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Performance(
    int schema,
    String name,
    String window,
    Digest model,
    @JsonProperty("horizon_days") int horizonDays,
    @JsonProperty("contacted_by") String contactedBy,
    double threshold,
    @JsonProperty("test_auc") @Nullable Interval testAuc,
    long scores,
    int rows,
    @JsonProperty("other_models") long otherModels,
    long unidentified,
    OutcomeCounts outcomes,
    Quality contacted,
    @JsonProperty("unbiased") boolean isUnbiased,
    @Nullable Quality explore,
    @Nullable LiveProfit profit,
    @Nullable Increment increment,
    LiveVerdict verdict,
    List<String> reasons,
    List<String> warnings) {
  /** The version that this code writes. */
  public static final int SCHEMA = 1;

  /** The name of its file. */
  public static final String FILE = "performance.json";

  /**
   * Reads {@code performance.json}.
   *
   * @param where the file's name, for errors
   * @throws UserException if it is damaged or of a later schema
   */
  public static Performance parse(byte[] json, String where) {
    int schema = CanonicalJson.read(json, JsonNode.class, where).path("schema").asInt();
    if (schema != SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads " + SCHEMA + " only");
    }
    return CanonicalJson.read(json, Performance.class, where);
  }

  /** The rows that represent all customers; null where there are none. */
  public @Nullable Quality unbiased() {
    return isUnbiased ? contacted : explore;
  }

  /** The verdict in one line. */
  public String summary() {
    Quality evidence = unbiased();
    String auc =
        evidence == null || evidence.auc() == null
            ? ""
            : String.format(Locale.ROOT, ", AUC %.4f", evidence.auc().value());
    return String.format(
        Locale.ROOT,
        "%s: %,d customers scored, %,d contacted, %,d positive%s",
        verdict.text(),
        rows,
        contacted.rows(),
        contacted.positives(),
        auc);
  }
}
