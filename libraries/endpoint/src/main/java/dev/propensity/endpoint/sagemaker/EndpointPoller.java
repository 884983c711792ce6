package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** Polls an endpoint, logs its progress, and times out. */
final class EndpointPoller {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointPoller.class);
  private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();

  private final SageMakerClient client;
  private final String endpoint;
  private final Duration timeout;
  private final long began = System.nanoTime();
  private String logged = "being changed";
  private long loggedAt;
  private int looks;

  EndpointPoller(SageMakerClient client, String endpoint, Duration timeout) {
    this.client = client;
    this.endpoint = endpoint;
    this.timeout = timeout;
  }

  /**
   * The current state. Once a change is in progress, transient faults are retried.
   *
   * @throws UnavailableException after the timeout; the change continues on SageMaker
   */
  Optional<EndpointDescription> look() throws InterruptedException {
    while (true) {
      if (looks > 0 && System.nanoTime() - began > timeout.toNanos()) {
        throw new UnavailableException(
            endpoint + " is " + logged + " still, after " + timeout.toSeconds() + " s");
      }
      try {
        return EndpointDescription.of(client, endpoint);
      } catch (UnavailableException e) {
        if (looks == 0) {
          throw e;
        }
        log(e.getMessage());
        Thread.sleep(EndpointDescription.pause(looks++).toMillis());
      }
    }
  }

  /** A change begins: polls frequently again. */
  void begin() {
    looks = 1;
  }

  /** Waits, then logs the endpoint's status where it changed or was not logged for a while. */
  void pause(EndpointDescription description) throws InterruptedException {
    log(description.summary());
    Thread.sleep(EndpointDescription.pause(looks++).toMillis());
  }

  private void log(String line) {
    long now = System.nanoTime();
    if (!line.equals(logged) || now - loggedAt > LOG_INTERVAL_NANOS) {
      LOG.info("{}: {}, {} s", endpoint, line, Duration.ofNanos(now - began).toSeconds());
      logged = line;
      loggedAt = now;
    }
  }
}
