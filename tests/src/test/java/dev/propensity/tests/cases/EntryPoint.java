package dev.propensity.tests.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a table enters the product. */
enum EntryPoint {
  /** The tasks download and preprocess. */
  TRAINING(Policy.TRAINING),

  /** The tasks download and predict. */
  PREDICT(Policy.SCORING),

  /** The body of {@code POST /invocations} as {@code text/csv}. */
  INVOCATIONS(Policy.SCORING),

  /** A file uploaded in a form. */
  UPLOAD(Policy.SCORING),

  /** The task that sends a file's rows to an endpoint. */
  INVOKE(Policy.SCORING);

  private final Policy policy;

  EntryPoint(Policy policy) {
    this.policy = policy;
  }

  Policy policy() {
    return policy;
  }

  /** The entry points of a policy. */
  static List<EntryPoint> of(Policy policy) {
    return Arrays.stream(values()).filter(entry -> entry.policy == policy).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
