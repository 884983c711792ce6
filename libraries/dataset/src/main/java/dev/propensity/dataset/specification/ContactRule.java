package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Who is contacted regardless of the score, and who is not: random shares of the customers, in the
 * section {@code offer} of a specification.
 *
 * @param explore the share that is contacted whatever the score, to measure the model on all
 * @param control the share that is never contacted, to measure what contacts add
 * @param salt makes the choice another one
 */
public record ContactRule(double explore, double control, String salt) {
  /** Everybody from the threshold on is contacted, and nobody else. */
  public static final ContactRule NONE = new ContactRule(0, 0, "");

  static ContactRule of(YamlMapping offer) {
    double explore = share(offer, "explore");
    double control = share(offer, "control");
    String salt = offer.text("salt", "");
    if (!salt.isEmpty() && explore + control == 0) {
      offer.addError("salt", "has no effect without explore or control");
    }
    return new ContactRule(explore, control, salt);
  }

  private static double share(YamlMapping offer, String key) {
    return offer.number(key, 0, x -> x >= 0 && x <= 0.5, "from 0 to 0.5");
  }

  /** Whether the score alone decides. */
  @JsonIgnore
  public boolean isNone() {
    return explore == 0 && control == 0;
  }
}
