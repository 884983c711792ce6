package dev.propensity.endpoint;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.tracking.LedgerEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where a dataset's model answers: the project's own server, or Amazon SageMaker. */
public interface Endpoint extends AutoCloseable {

  /**
   * What answers now.
   *
   * @throws UnavailableException if the endpoint cannot be reached
   * @throws UserException if something else answers there
   */
  EndpointState state();

  /**
   * Does what it takes that the entry's champion answers, and tells what answers then. Nothing is
   * done where the endpoint {@linkplain #followsByItself follows by itself}, nor where the champion
   * answers already. Safe to repeat after it was broken off anywhere.
   *
   * @param entry the ledger's last
   * @param timeout how long it may take
   * @throws UnavailableException where the environment is at fault: the old model goes on
   * @throws UserException where a person must act
   */
  EndpointState deploy(LedgerEntry entry, Duration timeout) throws InterruptedException;

  /** Whether the endpoint watches the ledger, so that all there is to do is to wait. */
  boolean followsByItself();

  /** How long it may take until the endpoint answers with a new champion. */
  Duration defaultTimeout();

  /**
   * Scores rows, in their order; as many requests as their size asks for.
   *
   * @param rows raw cells by column; an empty text is missing
   * @throws RowsRejectedException if the model refuses these rows
   * @throws UnavailableException if it cannot be reached or has no model
   * @throws UserException where a person must act: a key is wanting, say
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
  default ScoringResponse scoreCsv(byte[] csv, String decimal) {
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
