package dev.propensity.tasks.teardown.resource;

import dev.propensity.foundation.UserException;
import java.util.List;
import java.util.Map;

/**
 * One of the places where the whole project stands, and how its things are told.
 *
 * @param name {@code dev}, {@code uat} or {@code prod}
 */
public record Stage(String name) {
  static final String PROJECT_TAG = "propensity:project";
  static final String STAGE_TAG = "propensity:environment";

  private static final String PROJECT = "propensity";
  private static final List<String> ALL = List.of("dev", "uat", "prod");

  public Stage {
    if (!ALL.contains(name)) {
      throw new UserException("--stage " + name + ": no such stage; one of dev, uat, prod");
    }
  }

  /** The tags that all of it bears. */
  public Map<String, String> tags() {
    return Map.of(PROJECT_TAG, PROJECT, STAGE_TAG, name);
  }

  /** Whether something with these tags is of this stage. */
  public boolean matches(Map<String, String> tags) {
    return tags.entrySet().containsAll(tags().entrySet());
  }

  /** How names begin. A name alone makes nothing this stage's. */
  public String prefix() {
    return PROJECT + "-" + name + "-";
  }

  /** Whether something of this name looks like this stage's. */
  public boolean looksOwn(String resource) {
    return resource.startsWith(prefix()) || resource.equals(PROJECT + "-" + name);
  }

  /** Whether this is the bucket that Terraform keeps its state in. */
  public boolean isState(String bucket) {
    return bucket.startsWith(prefix() + "state-");
  }

  /** Why something with these tags is left alone. */
  public String whyNot(Map<String, String> tags) {
    String other = tags.get(STAGE_TAG);
    if (other == null) {
      return "has no tag " + STAGE_TAG;
    }
    return other.equals(name) ? "has no tag " + PROJECT_TAG + "=" + PROJECT : "is of " + other;
  }
}
