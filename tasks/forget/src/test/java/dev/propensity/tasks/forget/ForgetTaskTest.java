package dev.propensity.tasks.forget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.IdentifierKey;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentCounts;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.capture.SegmentWriter;
import dev.propensity.monitoring.outcome.OutcomeBatchReader;
import dev.propensity.monitoring.outcome.OutcomeBatchWriter;
import dev.propensity.monitoring.outcome.OutcomeHeader;
import dev.propensity.monitoring.outcome.OutcomeRow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ForgetTaskTest {
  private static final String KEY = key('k');
  private static final String OLD_KEY = key('o');

  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  private ArtifactStore store;
  private Map<String, String> environment;

  @BeforeEach
  void openStore(TestInfo test) {
    S3Location root = new S3Location(S3.root().bucket(), test.getTestMethod().get().getName());
    store = new ArtifactStore(S3.objects(), root);
    environment = new HashMap<>(S3.environment());
    environment.put("PROPENSITY_STORE", root.toString());
    environment.put(IdentifierKey.VARIABLE, KEY);
  }

  @Test
  void removesTheRowsOfTheIdentifiersAndNothingElse() throws IOException {
    S3Location some = segment("shop", "a", KEY, "ann", "bob", "ann", null);
    S3Location none = segment("shop", "b", KEY, "bob");
    S3Location other = segment("shop-synthetic", "c", KEY, "ann");
    byte[] unchanged = store.objects().read(none).orElseThrow();
    S3Location raw = store.root().resolve("shop/download/0123/manifest.json");
    store.objects().write(raw, new byte[] {'{', '}'});

    TaskRun done = forget("ann\n\n eve \n").succeeded();

    assertThat(done.reason())
        .isEqualTo(
            "2 rows of 2 identifiers were removed from 1 of 2 files; 1 artifacts were not"
                + " changed");
    assertThat(rows(some)).containsExactly("0: bob, town 1", "0: null, town 3");
    assertThat(store.objects().read(none)).hasValue(unchanged);
    assertThat(rows(other)).hasSize(1);
    JsonNode tombstone = CanonicalJson.mapper().readTree(store.objects().read(done.uri()).get());
    assertThat(tombstone.get("who").asText()).isEqualTo("Ada");
    assertThat(tombstone.get("identifiers")).hasSize(2);
    assertThat(tombstone.toString()).doesNotContain("ann").contains(hex(KEY, "ann"));
    assertThat(forget("ann").succeeded().status()).isEqualTo("unchanged");
  }

  @Test
  void removesRowsWithPlainIdentifiersWithoutAKey() throws IOException {
    S3Location plain = segment("shop", "a", null, "ann", "bob");
    environment.remove(IdentifierKey.VARIABLE);
    forget("ann").succeeded();
    assertThat(rows(plain)).containsExactly("0: bob, town 1");
  }

  @Test
  void removesTheOutcomesOfTheIdentifiers() throws IOException {
    S3Location hashed = outcomes(KEY, "ann", "bob", "ann");
    S3Location plain = outcomes(null, "bob", "ann");
    S3Location other = outcomes(null, "bob");
    byte[] unchanged = store.objects().read(other).orElseThrow();
    TaskRun done = forget("ann").succeeded();
    assertThat(done.reason())
        .isEqualTo(
            "0 rows of 1 identifiers were removed from 2 of 3 files; 0 artifacts were not changed;"
                + " 3 outcomes were removed");
    assertThat(identifiers(hashed)).containsExactly(hex(KEY, "bob"));
    assertThat(identifiers(plain)).containsExactly("bob");
    assertThat(store.objects().read(other)).hasValue(unchanged);
    assertThat(store.objects().length(done.uri())).isPresent();
    assertThat(forget("ann").succeeded().status()).isEqualTo("unchanged");
    outcomes(OLD_KEY, "ann");
    assertThat(forget("ann").rejected()).contains(IdentifierKey.parse(OLD_KEY).id());
  }

  private S3Location outcomes(@Nullable String key, String... identifiers) throws IOException {
    OutcomeHeader header =
        new OutcomeHeader(
            1,
            "shop",
            key == null ? CapturedIdentifier.PLAIN : CapturedIdentifier.HMAC,
            key == null ? null : IdentifierKey.parse(key).id(),
            "2026-03-20T12:00:00Z");
    Path file = folder.resolve("outcomes.arrow");
    try (OutcomeBatchWriter writer = new OutcomeBatchWriter(file, header)) {
      for (String identifier : identifiers) {
        String stored = key == null ? identifier : hex(key, identifier);
        writer.add(new OutcomeRow(stored, (byte) 1, OutcomeRow.NO_TIME, OutcomeRow.UNKNOWN));
      }
      Outcomes outcomes = new Outcomes(store, "shop");
      Digest content = writer.finish();
      assertThat(outcomes.write(header, content, file, 365)).isTrue();
      return outcomes.location(header, content);
    }
  }

  private List<String> identifiers(S3Location batch) throws IOException {
    Path file = folder.resolve("read-outcomes.arrow");
    Files.write(file, store.objects().read(batch).orElseThrow());
    List<String> identifiers = new ArrayList<>();
    try (OutcomeBatchReader reader = new OutcomeBatchReader(file, batch.toString())) {
      reader.forEach(row -> identifiers.add(row.identifier()));
    }
    return identifiers;
  }

  @Test
  void namesTheKeysThatItNeedsToo() throws IOException {
    S3Location current = segment("shop", "a", KEY, "ann", "bob");
    S3Location older = segment("shop", "b", OLD_KEY, "ann");
    String id = IdentifierKey.parse(OLD_KEY).id();
    assertThat(forget("ann").rejected())
        .isEqualTo(
            "files have identifiers by other keys ("
                + id
                + "): run it again with PROPENSITY_CAPTURE_KEY set to each of them; 1 rows and"
                + " 0 outcomes were removed from the others");
    assertThat(rows(current)).hasSize(1);
    S3Location records = store.root().resolve("shop/forgotten");
    assertThat(store.objects().list(records, Optional.empty())).as("of the others").hasSize(1);
    environment.remove(IdentifierKey.VARIABLE);
    assertThat(forget("ann").rejected()).contains(id, "set to each of them");
    assertThat(rows(older)).hasSize(1);
  }

  @Test
  void namesSegmentsThatCannotBeRead() throws IOException {
    S3Location damaged = segment("shop", "a", KEY, "ann");
    store.objects().write(damaged, new byte[] {1, 2, 3});
    S3Location good = segment("shop", "b", KEY, "ann");
    assertThat(forget("ann").rejected())
        .isEqualTo(
            "files cannot be read, and may have the rows: delete them, or repair them and run"
                + " it again: captures/shop/2026/03/10/12/a.arrow");
    assertThat(rows(good)).isEmpty();
  }

  @Test
  void rejectsEmptyInput() throws IOException {
    assertThat(forget("\n").rejected()).startsWith("there is no identifier on standard input");
  }

  private TaskRun forget(String input) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return TaskRunner.run(new ForgetTask(bytes), environment, "--name=shop", "--who=Ada");
  }

  private S3Location segment(
      String name, String id, @Nullable String key, @Nullable String... identifiers)
      throws IOException {
    CapturedIdentifier mode = key == null ? CapturedIdentifier.PLAIN : CapturedIdentifier.HMAC;
    SegmentHeader header =
        new SegmentHeader(
            1,
            name,
            Digest.of("a model"),
            1,
            "a server",
            "2026-03-10T12:00:00Z",
            mode,
            key == null ? null : IdentifierKey.parse(key).id(),
            List.of());
    Path file = folder.resolve(id + ".arrow");
    try (SegmentWriter writer = new SegmentWriter(file, header, List.of("town", "age"))) {
      for (int row = 0; row < identifiers.length; row++) {
        writer.begin(new byte[] {'r'}, row + 1, 1_773_144_000_000L, 0.5f);
        if (identifiers[row] != null) {
          String text = key == null ? identifiers[row] : hex(key, identifiers[row]);
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          writer.identifier(utf8, 0, utf8.length);
        }
        byte[] town = ("town " + row).getBytes(StandardCharsets.UTF_8);
        writer.cell(0, town, 0, town.length);
        writer.end();
      }
      writer.finish(
          SegmentCounts.none(Instant.parse("2026-03-10T12:01:00Z")).withRows(writer.rows()));
    }
    S3Location location = store.root().resolve(header.key(id));
    store.objects().write(location, Files.readAllBytes(file));
    return location;
  }

  /** The rows of a segment, by who they are of. */
  private List<String> rows(S3Location segment) throws IOException {
    Path file = folder.resolve("read.arrow");
    Files.write(file, store.objects().read(segment).orElseThrow());
    List<String> rows = new ArrayList<>();
    try (SegmentReader reader = new SegmentReader(file, segment.toString())) {
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          assertThat(batch.isMissing(1, row)).isTrue();
          String identifier = batch.identifier(row);
          String who =
              identifier != null && identifier.equals(hex(KEY, "bob")) ? "bob" : identifier;
          rows.add("0: " + who + ", " + batch.text(0, row));
        }
      }
      assertThat(reader.counts().rows()).isEqualTo(rows.size());
    }
    return rows;
  }

  private static String hex(String key, String identifier) {
    Mac mac = IdentifierKey.parse(key).mac();
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return new String(IdentifierKey.hex(mac, utf8, 0, utf8.length), StandardCharsets.US_ASCII);
  }

  private static String key(char letter) {
    return Base64.getEncoder()
        .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
  }
}
