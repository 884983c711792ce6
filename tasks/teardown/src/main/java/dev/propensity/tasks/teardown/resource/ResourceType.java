package dev.propensity.tasks.teardown.resource;

import java.time.Duration;

/**
 * A type of resources of a stage. All methods may be called again at any point, and during another
 * teardown: resources that are already gone are ignored.
 */
public interface ResourceType {

  /** Its display name, in the plural. */
  String plural();

  /**
   * The resources that exist now, from their own service.
   *
   * @param tagged the result of the tagging API, which lags behind for new and for deleted
   *     resources
   */
  ScanResult find(TaggedArns tagged);

  /** Deletes this, or starts its deletion. */
  void delete(Resource resource);

  /** Waits until this is gone, if {@link #delete} only starts its deletion. */
  default void await(Resource resource, Duration timeout) {}
}
