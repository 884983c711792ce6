package dev.propensity.endpoint;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.LedgerEntry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a dataset's model is deployed: the project's own server, or Amazon SageMaker. */
public interface Endpoint extends AutoCloseable {

  /**
   * Returns the live model.
   *
   * @throws UnavailableException if the endpoint cannot be reached
   * @throws UserException if another service responds at this address
   */
  EndpointState state();

  /**
   * Deploys the entry's champion and returns the live model. Does nothing where the endpoint
   * {@linkplain #followsByItself follows the ledger by itself} or the champion is already live. Can
   * be repeated after an interruption at any point.
   *
   * @param entry the last entry of the ledger
   * @param timeout how long it may take
   * @throws UnavailableException for an environment fault: the old model stays live
   * @throws ChangeInProgressException after the timeout, or {@linkplain #withoutWaiting at once};
   *     the change continues
   * @throws UserException where user action is required
   */
  EndpointState deploy(LedgerEntry entry, Duration timeout) throws InterruptedException;

  /**
   * The same endpoint, whose {@link #deploy} returns as soon as a change is in progress that takes
   * minutes: it then throws {@link ChangeInProgressException}. An endpoint that {@linkplain
   * #followsByItself follows the ledger by itself} is returned as it is.
   */
  default Endpoint withoutWaiting() {
    return this;
  }

  /**
   * The same endpoint, whose {@link #deploy} goes on with a change that an earlier deployment left
   * in progress: if the change has failed meanwhile, it reports the failure instead of trying
   * again. An endpoint that {@linkplain #followsByItself follows the ledger by itself} is returned
   * as it is.
   *
   * @param begun {@link ChangeInProgressException#change}
   */
  default Endpoint continuing(String begun) {
    return this;
  }

  /**
   * Where the endpoint can store requests and responses as they are; empty where it cannot: the
   * project's server captures rows, by its own options.
   */
  default Optional<S3Location> requestFolder() {
    return Optional.empty();
  }

  /**
   * The same endpoint, whose {@link #deploy} makes it store requests in {@link #requestFolder};
   * without this, it stores none. One that cannot store them is returned as it is.
   *
   * @param percent of the requests, from 1 to 100
   */
  default Endpoint capturing(int percent) {
    return this;
  }

  /**
   * The same endpoint, for rows that are only sent to test it: they are not captured, or are marked
   * as such.
   */
  default Endpoint probing() {
    return this;
  }

  /** Whether the endpoint polls the ledger, so that a deployment only has to wait. */
  boolean followsByItself();

  /** The web page where users see the endpoint; empty where there is none. */
  Optional<URI> page();

  /** How long it may take until a new champion is live. */
  Duration defaultTimeout();

  /**
   * Scores rows, in their order; in as many requests as their size needs.
   *
   * @param rows raw cells by column; an empty string is a missing value
   * @throws RowsRejectedException if the model rejects these rows
   * @throws UnavailableException if it cannot be reached or has no model
   * @throws UserException where user action is required, such as for a missing key
   */
  default ScoringResponse score(List<Map<String, String>> rows) {
    return Requests.score(rows, body -> send(body, Requests.JSON));
  }

  /**
   * Scores the rows of a small CSV, in their order, in one request.
   *
   * @param csv in UTF-8, with a header, of a mebibyte or so at most
   * @param decimal its decimal sign where that is known, {@code comma} or {@code point}; null where
   *     the endpoint is to detect it
   * @throws RowsRejectedException if the model rejects rows; its lines are those of this CSV
   * @throws UnavailableException if it cannot be reached or has no model
   * @throws UserException where user action is required, such as for a missing key
   */
  default ScoringResponse scoreCsv(byte[] csv, @Nullable String decimal) {
    return send(csv, Requests.csv(decimal));
  }

  /**
   * Sends one request for scores.
   *
   * @param rows the request's body
   * @param contentType of the body
   * @throws RowsRejectedException if the model rejects rows
   * @throws UnavailableException if the endpoint cannot be reached or has no model
   * @throws UserException where user action is required, such as for a missing key
   */
  ScoringResponse send(byte[] rows, String contentType);

  @Override
  void close();
}
