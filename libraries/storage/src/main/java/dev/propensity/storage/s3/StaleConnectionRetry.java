package dev.propensity.storage.s3;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Retries puts on stale keep-alive connections. Java keeps up to five per server; servers close
 * idle ones, such as during a training, and neither Java nor the SDK retries a put that fails on
 * one. Each attempt discards one of them, until a new one is opened.
 */
final class StaleConnectionRetry {
  /** The number of kept connections, and some for failures of new ones. */
  static final int ATTEMPTS = 8;

  private StaleConnectionRetry() {}

  /**
   * Sends the request, and retries if its connection breaks.
   *
   * @throws SdkClientException if every attempt failed
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
