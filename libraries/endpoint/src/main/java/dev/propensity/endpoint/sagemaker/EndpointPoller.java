package dev.propensity.endpoint.sagemaker;

import dev.propensity.endpoint.ChangeInProgressException;
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

  /** How often a change of another process is looked for where the caller does not wait. */
  private static final int MAX_MISSES = 8;

  private final SageMakerClient client;
  private final String endpoint;
  private final Duration timeout;
  private final boolean waits;
  private final long began = System.nanoTime();
  private String logged = "being changed";
  private long loggedAt;
  private int looks;
  private int misses;
  private Optional<String> change = Optional.empty();

  /**
   * @param waits whether it polls while a change is in progress; otherwise it times out at once
   */
  EndpointPoller(SageMakerClient client, String endpoint, Duration timeout, boolean waits) {
    this.client = client;
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.waits = waits;
  }

  /**
   * The current state. Once a change is in progress, transient faults are retried.
   *
   * @throws ChangeInProgressException after the timeout, or at once where it does not wait; the
   *     change continues on SageMaker
   */
  Optional<EndpointDescription> look() throws InterruptedException {
    while (true) {
      if (looks > 0 && (!waits || System.nanoTime() - began > timeout.toNanos())) {
        String since = waits ? " still, after " + timeout.toSeconds() + " s" : "";
        throw new ChangeInProgressException(
            endpoint + " is " + logged + since,
            SageMakerEndpoint.SCHEME + endpoint,
            change.orElse(null));
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
  void begin(Optional<String> configuration) {
    change = configuration;
    looks = 1;
  }

  /**
   * Another process has begun a change first: waits for a moment, since SageMaker may describe the
   * endpoint as it was before.
   */
  void missed() throws InterruptedException {
    misses++;
    if (waits || misses == MAX_MISSES) {
      looks = Math.max(looks, 1);
    }
    Thread.sleep(EndpointDescription.pause(misses).toMillis());
  }

  /** Waits, then logs the endpoint's status where it changed or was not logged for a while. */
  void pause(EndpointDescription description) throws InterruptedException {
    change = description.target();
    log(description.summary());
    if (waits) {
      Thread.sleep(EndpointDescription.pause(looks).toMillis());
    }
    looks++;
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
