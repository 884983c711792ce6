package dev.propensity.monitoring.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The rows that endpoints captured in a window, counted in the bins of one model's baseline: {@code
 * profile.json}. Profiles of one model can be added, in any order, with the same result as one
 * profile of all rows.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param name the dataset's name with its origin
 * @param window whose rows are counted
 * @param model the digest of the model whose baseline has the bins
 * @param rows the captured rows, whichever model answered them
 * @param scored how many of them this model answered
 * @param models the captured rows by the digest of the model that answered them
 * @param traffic what the servers counted; its keys are among the others of this document
 * @param columns by feature, its values in all rows; without the features of {@code excluded} that
 *     no row was captured with
 * @param excluded the features that at least one segment has no column for
 * @param scores the scores that the model answered, in the bins of the baseline
 * @param groups by column that is marked as sensitive, the scores of its groups; empty in documents
 *     of earlier versions
 * @param scoreSum the sum of these scores, each rounded to a millionth, so that it does not depend
 *     on the order
 */
public record Profile(
    int schema,
    String name,
    TimeWindow window,
    Digest model,
    long rows,
    long scored,
    SortedMap<String, Long> models,
    @JsonUnwrapped Traffic traffic,
    SortedMap<String, ColumnProfile> columns,
    SortedSet<String> excluded,
    Scores scores,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, GroupScores> groups,
    @JsonProperty("score_sum") double scoreSum) {
  /** The version that this code writes. */
  public static final int SCHEMA = 1;

  /** The name of its file. */
  public static final String FILE = "profile.json";

  private static final double MILLIONTHS = 1e6;

  /**
   * A model's scores.
   *
   * @param bins how many are in each bin of the baseline
   */
  public record Scores(long[] bins) {}

  public Profile {
    SortedMap<String, ColumnProfile> captured = new TreeMap<>(columns);
    captured.entrySet().removeIf(c -> excluded.contains(c.getKey()) && c.getValue().rows() == 0);
    columns = captured;
    SortedMap<String, GroupScores> complete = new TreeMap<>();
    if (groups != null) {
      complete.putAll(groups);
      complete.keySet().removeAll(excluded); // else of some rows only
    }
    groups = complete;
  }

  /** A profile whose scores are not counted by group. */
  public Profile(
      int schema,
      String name,
      TimeWindow window,
      Digest model,
      long rows,
      long scored,
      SortedMap<String, Long> models,
      Traffic traffic,
      SortedMap<String, ColumnProfile> columns,
      SortedSet<String> excluded,
      Scores scores,
      double scoreSum) {
    this(
        schema,
        name,
        window,
        model,
        rows,
        scored,
        models,
        traffic,
        columns,
        excluded,
        scores,
        Collections.emptySortedMap(),
        scoreSum);
  }

  /**
   * Reads {@code profile.json}.
   *
   * @param where the file's name, for errors
   * @throws UserException if it is damaged or of a later schema
   */
  public static Profile parse(byte[] json, String where) {
    int schema = CanonicalJson.read(json, JsonNode.class, where).path("schema").asInt();
    if (schema != SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads " + SCHEMA + " only");
    }
    return CanonicalJson.read(json, Profile.class, where);
  }

  /** The mean score of this model's rows; NaN where there are none. */
  public double meanScore() {
    return scoreSum / scored;
  }

  /**
   * The profile of the rows of both, whose window spans both.
   *
   * @throws UserException if they are of different datasets or models
   */
  public Profile plus(Profile other) {
    if (!name.equals(other.name) || !model.equals(other.model)) {
      throw new UserException(
          "profiles of different models cannot be added: "
              + (name + "@" + model.abbreviated(12))
              + " and "
              + (other.name + "@" + other.model.abbreviated(12)));
    }
    SortedMap<String, ColumnProfile> sum = new TreeMap<>(columns);
    other.columns.forEach((feature, column) -> sum.merge(feature, column, ColumnProfile::plus));
    SortedMap<String, Long> answers = new TreeMap<>(models);
    SortedMap<String, GroupScores> both = new TreeMap<>(groups);
    other.groups.forEach((column, scored) -> both.merge(column, scored, GroupScores::plus));
    other.models.forEach((digest, count) -> answers.merge(digest, count, Long::sum));
    return new Profile(
        SCHEMA,
        name,
        window.span(other.window),
        model,
        rows + other.rows,
        scored + other.scored,
        answers,
        traffic.plus(other.traffic),
        sum,
        Traffic.union(excluded, other.excluded),
        new Scores(ColumnProfile.sum(scores.bins, other.scores.bins)),
        both,
        (millionths(scoreSum) + millionths(other.scoreSum)) / MILLIONTHS);
  }

  static long millionths(double score) {
    return Math.round(score * MILLIONTHS);
  }

  static double ofMillionths(long sum) {
    return sum / MILLIONTHS;
  }
}
