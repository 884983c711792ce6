package dev.propensity.tasks.teardown.resource;

import dev.propensity.foundation.UserException;
import java.util.List;
import java.util.Map;

/**
 * A deployment of the whole project, and how to identify its resources.
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
      throw new UserException("--stage " + name + ": it must be dev, uat or prod");
    }
  }

  /** The tags of all of its resources. */
  public Map<String, String> tags() {
    return Map.of(PROJECT_TAG, PROJECT, STAGE_TAG, name);
  }

  /** Whether a resource with these tags belongs to this stage. */
  public boolean matches(Map<String, String> tags) {
    return tags.entrySet().containsAll(tags().entrySet());
  }

  /** The prefix of names. A name alone does not make a resource this stage's. */
  public String prefix() {
    return PROJECT + "-" + name + "-";
  }

  /** Whether a resource of this name looks like this stage's. */
  public boolean looksOwn(String resource) {
    return resource.startsWith(prefix()) || resource.equals(PROJECT + "-" + name);
  }

  /** Whether this is the bucket with Terraform's state. */
  public boolean isState(String bucket) {
    return bucket.startsWith(prefix() + "state-");
  }

  /** Why a resource with these tags is skipped. */
  public String whyNot(Map<String, String> tags) {
    String other = tags.get(STAGE_TAG);
    if (other == null) {
      return "has no tag " + STAGE_TAG;
    }
    return other.equals(name) ? "has no tag " + PROJECT_TAG + "=" + PROJECT : "belongs to " + other;
  }
}
