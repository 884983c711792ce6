package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * What an endpoint captures of the rows that it scores.
 *
 * @param rows the share of the rows, above 0 and at most 1, chosen at random
 * @param days how long captured rows are kept
 * @param identifier how the rows' identifiers are captured
 * @param exclude the columns that are not captured
 */
public record CaptureRule(
    double rows, int days, CapturedIdentifier identifier, List<String> exclude) {
  private static final int DAYS = 90;
  private static final int MAX_DAYS = 3650;

  /** How identifiers are captured. */
  public enum CapturedIdentifier {
    /** As an HMAC, which tells whether two rows have the same identifier, but not which. */
    @JsonProperty("hmac")
    HMAC,
    /** As they are. */
    @JsonProperty("plain")
    PLAIN,
    /** Not at all. */
    @JsonProperty("none")
    NONE
  }

  /**
   * Parses a rule, as JSON or as YAML.
   *
   * @param text a mapping, with the keys of the section {@code capture} of a specification
   * @param where for errors
   * @throws dev.propensity.foundation.UserException that lists every error
   */
  public static CaptureRule parse(String text, String where) {
    SpecErrors errors = new SpecErrors(where);
    CaptureRule rule = of(new YamlMapping(SpecParser.compose(text, where), "", errors));
    errors.throwIfAny();
    return rule;
  }

  static CaptureRule of(YamlMapping section) {
    section.only("rows", "days", "identifier", "exclude");
    String identifier = section.choice("identifier", "hmac", "hmac", "plain", "none");
    return new CaptureRule(
        section.number("rows", 1, x -> x > 0 && x <= 1, "above 0, at most 1"),
        (int)
            section.number(
                "days",
                DAYS,
                x -> x == Math.rint(x) && x >= 1 && x <= MAX_DAYS,
                "a whole number from 1 to " + MAX_DAYS),
        identifier.isEmpty()
            ? CapturedIdentifier.HMAC
            : CapturedIdentifier.valueOf(identifier.toUpperCase(Locale.ROOT)),
        section.texts("exclude"));
  }
}
