package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How the outcomes of scored customers become labels: who was contacted, and how long an answer may
 * take.
 *
 * @param horizonDays the days after a score in which a positive outcome counts; after them, a
 *     contacted customer without one is negative
 * @param contacted who was contacted: {@value #SELECTED}, {@value #ALL}, or the name of a column of
 *     the outcomes
 * @param days how long outcomes are kept
 */
public record OutcomeRule(
    @JsonProperty("horizon_days") int horizonDays, String contacted, int days) {
  /** All customers that were scored. */
  public static final String ALL = "all";

  /** The customers whose score reaches the threshold, or those that predict selected. */
  public static final String SELECTED = "selected";

  /** The column of the outcomes with their time. */
  public static final String TIME = "time";

  private static final int HORIZON = 30;
  private static final int MAX_HORIZON = 365;
  private static final int DAYS = 365;
  private static final int MAX_DAYS = 3650;

  /**
   * Parses a rule, as JSON or as YAML.
   *
   * @param text a mapping, with the keys of the section {@code outcomes} of a specification
   * @param where for errors
   * @throws dev.propensity.foundation.UserException that lists every error
   */
  public static OutcomeRule parse(String text, String where) {
    SpecErrors errors = new SpecErrors(where);
    OutcomeRule rule = of(new YamlMapping(SpecParser.compose(text, where), "", errors));
    errors.throwIfAny();
    return rule;
  }

  static OutcomeRule of(YamlMapping section) {
    section.only("horizon_days", "contacted", "days");
    int horizon = days(section, "horizon_days", HORIZON, MAX_HORIZON);
    int days = days(section, "days", Math.max(DAYS, horizon + 1), MAX_DAYS);
    if (days <= horizon) {
      section.addError(
          "days", "is not above horizon_days: outcomes would be deleted before they count");
    }
    return new OutcomeRule(horizon, section.text("contacted", SELECTED), days);
  }

  private static int days(YamlMapping section, String key, int fallback, int most) {
    return (int)
        section.number(
            key,
            fallback,
            x -> x == Math.rint(x) && x >= 1 && x <= most,
            "a whole number from 1 to " + most);
  }

  /** The column of the outcomes that says who was contacted, if there is one. */
  @JsonIgnore
  public Optional<String> column() {
    return contacted.equals(ALL) || contacted.equals(SELECTED)
        ? Optional.empty()
        : Optional.of(contacted);
  }
}
