package dev.propensity.tasks.serve.outcome;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.dataset.specification.DatasetSpec.InvalidRows;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.monitoring.outcome.OutcomeBatchWriter;
import dev.propensity.monitoring.outcome.OutcomeForm;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.monitoring.outcome.OutcomeTable;
import dev.propensity.monitoring.outcome.StoredIdentifiers;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.table.SourceFormat;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.rows.BoundedBody;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.rows.DecodedBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/outcomes}: stores a CSV of outcomes as one batch, with identifiers as
 * endpoints capture them. The same rows on the same day are one batch, so that a request whose
 * response was lost can be repeated.
 */
public final class OutcomeRoute {
  /** The path, for which a key of its own is required. */
  public static final String PATH = "/api/v1/outcomes";

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeRoute.class);
  private static final String BODY = "the body";
  private static final int AT_ONCE = 2;

  private final OutcomeSettings settings;
  private final ModelHolder holder;
  private final Supplier<ArtifactStore> store;
  private final Bounds bounds;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * @param holder whose model has the names of the columns
   * @param store to which batches are written
   * @param bounds of the body and its rows
   */
  public OutcomeRoute(
      OutcomeSettings settings, ModelHolder holder, Supplier<ArtifactStore> store, Bounds bounds) {
    this.settings = settings;
    this.holder = holder;
    this.store = store;
    this.bounds = bounds;
  }

  /** Adds the route. */
  public void routes(RoutesConfig routes) {
    routes.post(PATH, this::answer);
  }

  /** Adds the route of a server that accepts none. */
  public static void routesOfNone(RoutesConfig routes) {
    routes.post(
        PATH,
        context -> {
          throw new Problem(
              404, "this server accepts no outcomes: it was started without --outcomes");
        });
  }

  private void answer(Context context) throws IOException {
    settings.keys().require(context);
    String type = Objects.requireNonNullElse(context.contentType(), "");
    if (!type.split(";")[0].strip().toLowerCase(Locale.ROOT).equals("text/csv")) {
      throw new Problem(415, "send the outcomes as text/csv");
    }
    if (!places.tryAcquire()) {
      throw new Problem(503, "busy with other outcomes; retry later");
    }
    try {
      receive(context, holder.served().model().encoder());
    } finally {
      places.release();
    }
  }

  private void receive(Context context, Encoder encoder) throws IOException {
    StoredIdentifiers identifiers =
        StoredIdentifiers.of(settings.identifier(), settings.identifierKey());
    Instant received = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    OutcomeHeader header =
        new OutcomeHeader(
            OutcomeHeader.SCHEMA,
            settings.name(),
            identifiers.mode(),
            identifiers.keyId(),
            received.toString());
    OutcomeForm form = new OutcomeForm(encoder.identifier(), encoder.label(), settings.rule());
    OutcomeTable table = new OutcomeTable(form, new InvalidRows(0), identifiers, received);
    try (WorkFolder work = new WorkFolder()) {
      Path file = work.path().resolve("outcomes.arrow");
      try (OutcomeBatchWriter batch = new OutcomeBatchWriter(file, header)) {
        OutcomeTable.Result result = read(context, table, batch);
        Digest content = batch.finish();
        respond(context, header.key(content), store(header, content, file), result);
      }
    }
  }

  /** Reads the body: the only step whose errors the sender can fix. */
  private OutcomeTable.Result read(Context context, OutcomeTable table, OutcomeBatchWriter batch)
      throws IOException {
    try {
      InputStream body = new BoundedBody(DecodedBody.of(context, bounds.bytes()), bounds.bytes());
      InputStream csv = BoundedBody.decompressed(body, BODY, bounds.bytes());
      return table.read(csv, SourceFormat.CSV, BODY, bounded(batch));
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    } catch (UserException e) {
      throw new Problem(422, Objects.requireNonNull(e.getMessage()));
    }
  }

  private Consumer<OutcomeRow> bounded(OutcomeBatchWriter batch) {
    return row -> {
      if (batch.rows() >= bounds.rows()) {
        throw BoundedBody.tooManyRows(bounds.rows());
      }
      batch.add(row);
    };
  }

  /** Stores the batch; false if there is one of the same rows. */
  private boolean store(OutcomeHeader header, Digest content, Path file) {
    try {
      return new Outcomes(store.get(), settings.name())
          .write(header, content, file, settings.rule().days());
    } catch (UserException | UnavailableException e) { // its text names the bucket
      LOG.warn("outcomes cannot be stored: {}", e.getMessage());
      throw new Problem(503, "the outcomes cannot be stored now; retry later");
    }
  }

  private static void respond(
      Context context, String key, boolean isStored, OutcomeTable.Result result) {
    context
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                    .objectNode()
                    .put("status", isStored ? "stored" : "unchanged")
                    .put("rows", result.rows())
                    .put("unanswered", result.unlabeled())
                    .put("batch", key)
                + "\n");
  }
}
