package dev.propensity.tasks.teardown.resource;

import java.time.Duration;

/**
 * One kind of things that a stage has. All methods may be called again at any point, and while
 * another teardown works: what is gone already is fine.
 */
public interface ResourceType {

  /** Its name for people, in the plural. */
  String plural();

  /**
   * What is there now, by the service that has it.
   *
   * @param tagged what the tagging API told, which lags behind both ways
   */
  ScanResult find(TaggedArns tagged);

  /** Deletes this, or has its deletion begin. */
  void delete(Resource resource);

  /** Waits until this is gone, where {@link #delete} only begins. */
  default void await(Resource resource, Duration timeout) {}
}
