package dev.propensity.storage.s3;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Puts over kept connections. Java keeps up to five a server, a server closes those that are idle
 * for long, as while a model is trained, and neither Java nor the SDK tries a put again that fails
 * on one: each try uses one of them up, until a new one is opened.
 */
final class StaleConnectionRetry {
  /** As many as are kept, and some for faults of new ones. */
  static final int ATTEMPTS = 8;

  private StaleConnectionRetry() {}

  /**
   * Does the request, again where its connection breaks.
   *
   * @throws SdkClientException if it broke each time
   */
  static <T> T request(Supplier<T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw SdkClientException.create("the connection broke", e.getCause());
        }
      }
    }
  }
}
