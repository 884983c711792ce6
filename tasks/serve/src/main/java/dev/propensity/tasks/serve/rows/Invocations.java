package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.request.CsvType;
import dev.propensity.foundation.UserException;
import dev.propensity.table.file.Unpacked;
import dev.propensity.tasks.serve.capture.RowCapture;
import dev.propensity.tasks.serve.http.Attributes;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code POST /invocations}: scores rows. */
public final class Invocations {
  private static final String CSV = "text/csv";
  private static final long LARGE = 256 << 10;
  private static final int TIMEOUT_SECONDS = 60;
  private static final int MAX_WAITING = 8;

  private final ModelHolder holder;
  private final Bounds bounds;
  private final PredictionStats stats;
  private final RowCapture capture;
  // Large bodies take turns, so that many at once cannot take all of a small heap. So do those
  // that are decompressed, whose length is not their decompressed size.
  private final Semaphore turn = new Semaphore(1, true);
  // Each waiting request takes a thread, and other requests need threads too.
  private final Semaphore places = new Semaphore(1 + MAX_WAITING);

  public Invocations(ModelHolder holder, Bounds bounds, PredictionStats stats, RowCapture capture) {
    this.stats = stats;
    this.capture = capture;
    this.holder = holder;
    this.bounds = bounds;
  }

  public void answer(Context context) throws IOException, InterruptedException {
    ServedModel served = holder.served();
    String type = mediaType(context.contentType());
    long length = context.req().getContentLengthLong();
    if (length > bounds.bytes()) {
      throw BoundedBody.tooLong(bounds.bytes());
    }
    InputStream decoded = DecodedBody.of(context, bounds.bytes());
    boolean isSmall = length >= 0 && length <= LARGE && !(decoded instanceof DecodedBody);
    InputStream body = new BoundedBody(decoded, bounds.bytes());
    if (type.equals(CSV)) {
      body = new BufferedInputStream(body); // to peek at its first bytes
      isSmall = isSmall && !Unpacked.isCompressed(body);
    }
    if (isSmall) {
      answer(context, served, type, body);
      return;
    }
    context.attribute(Attributes.LARGE, true);
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      answerInTurn(context, served, type, body);
    } finally {
      places.release();
    }
  }

  private void answerInTurn(Context context, ServedModel served, String type, InputStream body)
      throws IOException, InterruptedException {
    if (!turn.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw busy();
    }
    try {
      answer(context, served, type, body);
    } finally {
      turn.release();
    }
  }

  private static Problem busy() {
    return new Problem(503, "busy with other large requests; retry later");
  }

  private void answer(Context context, ServedModel served, String type, InputStream body)
      throws IOException {
    boolean numbered = IdentifierParameter.isRow(context);
    PredictionStats.RequestCounts counts = stats.request(served);
    RequestRows rows =
        new RequestRows(served, numbered, bounds, counts, capture.request(context, served));
    RowScores scores =
        type.equals(CSV)
            ? CsvRows.score(rows, body, csvType(context.contentType()))
            : JsonRows.score(rows, body);
    for (int row = 0; row < scores.rows(); row++) {
      counts.score(scores.score(row));
    }
    counts.commit(scores.report().unseen().counts());
    context.attribute(Attributes.ROWS, scores.rows());
    context.attribute(Attributes.MODEL, served.title());
    ResponseFormat answer = ResponseFormat.accepted(context);
    context.header("Propensity-Model", served.title());
    TableHeaders.add(context, scores.report());
    context.contentType(answer.type());
    context.result(answer.bytes(served, scores));
  }

  private static CsvType csvType(String header) {
    try {
      return CsvType.of(header);
    } catch (UserException e) {
      throw new Problem(415, e.getMessage());
    }
  }

  private static String mediaType(String header) {
    String[] parts = header == null ? new String[] {""} : header.split(";");
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals(CSV) && !type.equals("application/json")) {
      throw new Problem(415, "send the rows as text/csv or application/json, not '" + type + "'");
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
      if (parameter.startsWith("charset=")
          && !parameter.equals("charset=utf-8")
          && !parameter.equals("charset=us-ascii")) {
        throw new Problem(415, "send the rows in UTF-8, not '" + parameter + "'");
      }
    }
    return type;
  }
}
