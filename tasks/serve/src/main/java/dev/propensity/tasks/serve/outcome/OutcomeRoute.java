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
import dev.propensity.storage.S3Location;
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

/**
 * {@code POST /api/v1/outcomes}: stores a CSV of outcomes as one batch, with identifiers as
 * endpoints capture them. The same rows on the same day are one batch, so that a request whose
 * response was lost can be repeated.
 */
public final class OutcomeRoute {
  /** The path, for which a key of its own is required. */
  public static final String PATH = "/api/v1/outcomes";

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
      store(context, holder.served().model().encoder());
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    } catch (UserException e) {
      throw new Problem(422, Objects.requireNonNull(e.getMessage()));
    } catch (UnavailableException e) {
      throw new Problem(503, "the outcomes cannot be stored: " + e.getMessage());
    } finally {
      places.release();
    }
  }

  private void store(Context context, Encoder encoder) throws IOException {
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
        InputStream body = new BoundedBody(DecodedBody.of(context, bounds.bytes()), bounds.bytes());
        InputStream csv = BoundedBody.decompressed(body, BODY, bounds.bytes());
        OutcomeTable.Result result = table.read(csv, SourceFormat.CSV, BODY, bounded(batch));
        respond(context, batch.finish(), header, file, result);
      }
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

  private void respond(
      Context context,
      Digest content,
      OutcomeHeader header,
      Path file,
      OutcomeTable.Result result) {
    Outcomes outcomes = new Outcomes(store.get(), settings.name());
    S3Location location = outcomes.store().root().resolve(header.key(content));
    boolean isThere = outcomes.store().objects().length(location).isPresent();
    if (!isThere) {
      outcomes.write(header, content, file, settings.rule().days());
    }
    context
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                    .objectNode()
                    .put("status", isThere ? "unchanged" : "stored")
                    .put("rows", result.rows())
                    .put("unanswered", result.unlabeled())
                    .put("batch", header.key(content))
                + "\n");
  }
}
