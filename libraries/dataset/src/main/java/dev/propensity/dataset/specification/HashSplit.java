package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A hash assigns rows to the splits: of their identifier, of their group, or of their features.
 * Train gets the rest.
 *
 * @param validation share of the rows, above 0
 * @param test share of the rows, above 0
 * @param group the column whose rows of one value share a split; null for none
 * @param duplicates whether rows with the same features share a split; null where they do not
 * @param features the digest of what the features' hashes depend on: another one means other
 *     splits; null where the features do not decide
 */
public record HashSplit(
    long seed,
    double validation,
    double test,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duplicates duplicates,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String features)
    implements SplitRule {

  /** What becomes of rows with the same features. */
  public enum Duplicates {
    /** They share a split. */
    @JsonProperty("together")
    TOGETHER
  }

  /** Assigns each row by its identifier. */
  public HashSplit(long seed, double validation, double test) {
    this(seed, validation, test, null, null, null);
  }

  /** The same rule with another seed. */
  public HashSplit withSeed(long other) {
    return new HashSplit(other, validation, test, group, duplicates, features);
  }

  /** Whether several rows can have one hash, by design. */
  public boolean keepsRowsTogether() {
    return group != null || duplicates != null;
  }

  @Override
  public @Nullable String column() {
    return group;
  }

  @Override
  public String description() {
    String together =
        group != null ? ", group " + group : duplicates != null ? ", duplicates together" : "";
    together += features == null ? "" : " by features " + features;
    return "seed " + seed + ", validation " + validation + ", test " + test + together;
  }

  @Override
  public String sentence() {
    String hashed =
        group != null ? "value of `" + group + "`" : duplicates != null ? "features" : "identifier";
    return "A row's split follows from a hash of its " + hashed + " and the seed " + seed + ".";
  }

  @Override
  public boolean trainsOutsideTestOf(SplitRule other) {
    return equals(other);
  }
}
