package dev.propensity.tasks.serve.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.Model;
import dev.propensity.model.Offers;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tasks.serve.Responses;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.tracking.Release;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Swaps under load: no request, by rows or by upload, fails, and each score is of the version in
 * the response.
 */
class SwapTest {
  private static final int CONNECTIONS = 8;
  private static final int ROWS = 5;
  private static final String CSV = Offers.plainCsv(ROWS, 77);
  private static final byte[] BYTES = CSV.getBytes(StandardCharsets.UTF_8);

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;

  @Test
  void fourTimes() throws Exception {
    swap(4, "offers-four");
  }

  @Test
  @Tag("faults")
  void twentyTimes() throws Exception {
    swap(20, "offers-twenty");
  }

  private void swap(int times, String name) throws Exception {
    Releases releases = new Releases(S3.store(), name, folder);
    List<Release> models = List.of(releases.model(1), releases.model(2), releases.model(3));
    Map<String, float[]> expected = new HashMap<>();
    for (int i = 0; i < models.size(); i++) {
      expected.put(models.get(i).digest().abbreviated(12), scores(releases.directory(i + 1L)));
    }
    releases.release(models.get(0));
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try (RunningServer server = new RunningServer(S3.environment(), "--name", name)) {
      server.answering(1);
      List<Future<Integer>> clients =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(i -> threads.submit(() -> ask(server.responses(), expected, enough)))
              .toList();
      for (int i = 1; i <= times; i++) {
        releases.release(models.get(i % models.size()));
        server.answering(i + 1);
      }
      enough.set(true);
      for (Future<Integer> client : clients) {
        assertThat(client.get()).as("answers of a connection").isGreaterThan(times);
      }
    } finally {
      enough.set(true);
      threads.shutdown();
    }
  }

  /** Sends requests until it is enough; counts the responses. */
  private static int ask(Responses responses, Map<String, float[]> expected, AtomicBoolean enough)
      throws Exception {
    int asked = 0;
    while (!enough.get()) {
      boolean upload = asked % 2 == 1;
      HttpResponse<String> response = upload ? responses.upload(BYTES) : responses.csv(CSV);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode rows = Responses.tree(response);
      String title = response.headers().firstValue("Propensity-Model").orElseThrow();
      float[] scores = expected.get(title.substring(title.indexOf('@') + 1));
      for (int row = 0; row < ROWS; row++) {
        JsonNode prediction = (upload ? rows : rows.get("predictions")).get(row);
        float score = (float) prediction.get("score").asDouble();
        assertThat(score).as("row %d of %s", row, title).isEqualTo(scores[row]);
      }
      asked++;
    }
    return asked;
  }

  private static float[] scores(Path directory) {
    Model model = Model.load(directory);
    FeatureTable table =
        FeatureTable.encode(new ByteArrayInputStream(BYTES), "rows", model.encoder());
    float[] scores = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      scores[row] = model.scorer().score(table.values(), row * table.names().size());
    }
    return scores;
  }
}
