package dev.propensity.tasks.serve.upload;

import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.capture.RowCapture;
import dev.propensity.tasks.serve.http.AcceptHeader;
import dev.propensity.tasks.serve.http.Attributes;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.TrainingComparison;
import dev.propensity.tasks.serve.rows.BoundedBody;
import dev.propensity.tasks.serve.rows.ComparisonParameter;
import dev.propensity.tasks.serve.rows.DecodedBody;
import dev.propensity.tasks.serve.rows.IdentifierParameter;
import dev.propensity.tasks.serve.rows.TableHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code POST …/uploadfile}: scores the CSV file of a form. */
public final class Uploads {
  static final String FIELD = "data_file";

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final int IDLE_SECONDS = 5;
  private static final long MAX_RESPONSE_BYTES = 512L << 20;

  private final ModelHolder holder;
  private final UploadBounds bounds;
  private final PredictionStats stats;
  private final RowCapture capture;
  private final Semaphore uploads;
  private final RowBudget budget;
  private final Executor scorers = scorers();

  public Uploads(
      ModelHolder holder, UploadBounds bounds, PredictionStats stats, RowCapture capture) {
    this.stats = stats;
    this.capture = capture;
    this.holder = holder;
    this.bounds = bounds;
    this.uploads = new Semaphore(bounds.atOnce());
    this.budget = new RowBudget(bounds.rows());
  }

  // One thread per processor; they end when idle.
  private static Executor scorers() {
    int processors = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            processors,
            processors,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "scoring");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Scores the file of a form, or rejects it as a whole. */
  public void answer(Context context) throws IOException {
    context.attribute(Attributes.LARGE, true);
    InputStream body = new BoundedBody(DecodedBody.of(context, bounds.bytes()), bounds.bytes());
    boolean numbered = IdentifierParameter.isRow(context);
    Multipart form = new Multipart(body, context.contentType());
    if (context.req().getContentLengthLong() > bounds.bytes()) {
      throw BoundedBody.tooLong(bounds.bytes());
    }
    ServedModel served = holder.served();
    if (!uploads.tryAcquire()) {
      throw new Problem(503, "busy with other uploads; retry later");
    }
    try (Spill spill = new Spill(MAX_RESPONSE_BYTES)) {
      answer(context, served, form, numbered, spill);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // the client disconnected
    } finally {
      uploads.release();
    }
  }

  private void answer(
      Context context, ServedModel served, Multipart form, boolean numbered, Spill spill)
      throws IOException {
    boolean csv = AcceptHeader.choose(context, JSON, CSV).equals(CSV);
    boolean compared = ComparisonParameter.isTraining(context);
    TrainingComparison comparison =
        compared && !csv && served.baseline() != null ? new TrainingComparison(served) : null;
    FileScoring.Scored scored = null;
    Predictions predictions = new Predictions(served, spill, csv, compared);
    for (PartHeaders part = form.next(); part != null; part = form.next()) {
      check(part, scored != null);
      CapturedRequest captured = capture.request(context, served);
      scored = score(served, form.content(), numbered, predictions, captured, comparison);
    }
    if (scored == null) {
      throw new Problem(422, "the form has no file: send the CSV in the field '" + FIELD + "'");
    }
    predictions.end(CanonicalJson.text(comparison == null ? null : comparison.json()));
    context.header("Propensity-Model", served.title());
    TableHeaders.add(context, scored.report());
    context.attribute(Attributes.ROWS, (int) scored.rows());
    context.attribute(Attributes.MODEL, served.title());
    context.contentType(csv ? CSV + ";charset=utf-8" : JSON);
    context.res().setContentLengthLong(spill.length());
    spill.copyTo(context.outputStream());
  }

  private static void check(PartHeaders part, boolean second) {
    if (!part.name().equals(FIELD)) {
      throw new Problem(422, "the form may only have the field '" + FIELD + "'");
    }
    if (second) {
      throw new Problem(422, "the form has the field '" + FIELD + "' twice; send one file");
    }
    String charset = part.charset() == null ? "utf-8" : part.charset().toLowerCase(Locale.ROOT);
    if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
      throw new Problem(415, "send the file in UTF-8, not in " + charset);
    }
    String encoding = part.encoding();
    if (encoding != null && !encoding.matches("binary|8bit|7bit")) {
      throw new Problem(415, "send the file unchanged, without a Content-Transfer-Encoding");
    }
  }

  private FileScoring.Scored score(
      ServedModel served,
      InputStream file,
      boolean numbered,
      Predictions predictions,
      CapturedRequest captured,
      @Nullable TrainingComparison comparison)
      throws IOException {
    try (RowBudget.Share share = budget.open();
        InputStream csv = BoundedBody.decompressed(file, FIELD, bounds.bytes())) {
      return new FileScoring(
              served,
              bounds.rows(),
              share,
              scorers,
              predictions,
              stats.request(served),
              captured,
              comparison)
          .score(csv, FIELD, numbered);
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    } catch (UserException e) {
      throw new Problem(422, e.getMessage());
    }
  }
}
