package dev.propensity.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.LedgerEntry.Action;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
  private final byte[] golden = golden(2);

  @Test
  void readsAndWritesTheEntriesOfEverySchema() {
    readsAndWrites(1, null, null);
    readsAndWrites(2, 4, 2);
  }

  private static void readsAndWrites(int schema, Integer from, Integer to) {
    byte[] golden = golden(schema);
    LedgerEntry entry = LedgerEntry.parse(golden, "the golden entry");

    assertThat(entry)
        .isEqualTo(
            new LedgerEntry(
                schema,
                5,
                "insurance",
                Action.ROLLED_BACK,
                from,
                to,
                release(4),
                release(2),
                release(1),
                release(3),
                List.of(digest(4)),
                List.of(digest(1), digest(2), digest(3), digest(4)),
                "Ada",
                "2026-11-22T06:00:00Z",
                "complaints from the branches"));
    assertThat(CanonicalJson.text(entry)).isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(entry.before()).contains(4);
    assertThat(entry.after()).contains(2);
  }

  @Test
  void knowsVersionsAndHeldModels() {
    LedgerEntry entry = LedgerEntry.parse(golden, "the golden entry");

    assertThat(entry.versions()).isEqualTo(4);
    assertThat(entry.versionOf(digest(3))).isEqualTo(3);
    assertThat(entry.versionOf(digest(9))).isZero();
    assertThat(entry.holds(digest(4))).isTrue();
    assertThat(entry.holds(digest(2))).isFalse();
  }

  @Test
  void rejectsEntriesThatCannotBe() {
    rejects("the number 0", entry -> entry.put("number", 0));
    rejects("no action or no subject", entry -> entry.remove("subject"));
    rejects(
        "version 9 that is not in its list",
        entry -> ((ObjectNode) entry.get("champion")).put("version", 9));
    rejects("a previous champion, but none now", entry -> entry.remove("champion"));
    rejects("who, when and why", entry -> entry.put("when", "yesterday"));
    rejects("a version before it of 3", entry -> entry.put("from", 3));
    rejects("a version after it of null", entry -> entry.remove("to"));
    rejects("reads 1 to 2", entry -> entry.put("schema", 3));
    rejects("is not valid", entry -> entry.put("action", "improved"));
  }

  private void rejects(String words, Consumer<ObjectNode> change) {
    ObjectNode entry = CanonicalJson.read(golden, ObjectNode.class, "the golden entry");
    change.accept(entry);
    assertThatThrownBy(() -> LedgerEntry.parse(CanonicalJson.bytes(entry), "the entry"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the entry")
        .hasMessageContaining(words);
  }

  private static Release release(int version) {
    S3Location root = S3Location.parse("s3://propensity/store/insurance");
    return new Release(
        version,
        root.resolve("train/m" + version),
        digest(version),
        root.resolve("evaluate/e" + version));
  }

  private static Digest digest(int digit) {
    return new Digest(Integer.toString(digit).repeat(64));
  }

  private static byte[] golden(int schema) {
    String file = "/ledger-entry-" + schema + ".json";
    try (InputStream in = LedgerEntryTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
