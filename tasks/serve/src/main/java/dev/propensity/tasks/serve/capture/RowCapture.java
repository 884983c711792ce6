package dev.propensity.tasks.serve.capture;

import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;

/** Captures the rows of requests, or does not. */
public interface RowCapture {
  /** Captures nothing. */
  RowCapture OFF = (context, served) -> CapturedRequest.none();

  /**
   * Begins to capture a request's rows, which are offered after it was answered.
   *
   * @param served the model that scores them
   */
  CapturedRequest request(Context context, ServedModel served);
}
