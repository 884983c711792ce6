package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Computation COMPUTATION =
      new Computation(
          "insurance",
          Origin.SYNTHETIC,
          "train",
          Digest.of("code"),
          new TreeMap<>(Map.of("learner", new TextNode("xgboost"), "seed", new IntNode(7))),
          new TreeMap<>(
              Map.of(
                  "features",
                  new Input(
                      S3Location.parse(
                          "s3://bucket/store/insurance-sample/preprocess/" + Digest.of("key")),
                      Digest.of("manifest")))));

  private static final Manifest MANIFEST =
      Manifest.of(
          COMPUTATION, new TreeMap<>(Map.of("model.ubj", new FileEntry(3, Digest.of("abc")))));

  /** A golden file: artifacts of this format must stay readable. */
  @Test
  void readsAndWritesSchema1AsItAlwaysWas() throws Exception {
    byte[] golden = golden("manifest-1.json");
    Manifest manifest = Manifest.parse(golden, "golden");
    assertThat(manifest).isEqualTo(MANIFEST);
    assertThat(CanonicalJson.bytes(manifest)).isEqualTo(golden);
    assertThat(manifest.name()).isEqualTo("insurance-synthetic");
  }

  /** Earlier versions wrote {@code sample} for {@code synthetic}. */
  @Test
  void readsTheOriginSampleAsSynthetic() throws Exception {
    assertThat(Manifest.parse(golden("manifest-1-sample.json"), "golden")).isEqualTo(MANIFEST);
  }

  @Test
  void keysStayAsTheyAlwaysWere() {
    assertThat(COMPUTATION.key().hex())
        .isEqualTo("ab3564f3045e95193f7773c850a474bcfde39dd72f3276f0f173a8faf50da36e");
    assertThat(COMPUTATION.location(S3Location.parse("s3://bucket/store")))
        .hasToString("s3://bucket/store/insurance-synthetic/train/" + COMPUTATION.key());
  }

  @Test
  void aMovedStoreChangesNoKey() {
    Input there = COMPUTATION.inputs().get("features");
    S3Location moved = S3Location.parse("s3://other/" + there.uri().key().substring(6));
    Computation elsewhere =
        new Computation(
            COMPUTATION.dataset(),
            COMPUTATION.origin(),
            COMPUTATION.task(),
            COMPUTATION.code(),
            COMPUTATION.parameters(),
            new TreeMap<>(Map.of("features", new Input(moved, there.digest()))));
    assertThat(elsewhere.key()).isEqualTo(COMPUTATION.key());
  }

  @Test
  void everythingThatCountsChangesTheKey() {
    var inputs = COMPUTATION.inputs();
    var parameters = COMPUTATION.parameters();
    assertThat(
            java.util.stream.Stream.of(
                COMPUTATION,
                new Computation(
                    "x", Origin.SYNTHETIC, "train", Digest.of("code"), parameters, inputs),
                new Computation(
                    "insurance", Origin.REAL, "train", Digest.of("code"), parameters, inputs),
                new Computation(
                    "insurance", Origin.SYNTHETIC, "x", Digest.of("code"), parameters, inputs),
                new Computation(
                    "insurance", Origin.SYNTHETIC, "train", Digest.of("new"), parameters, inputs),
                new Computation(
                    "insurance",
                    Origin.SYNTHETIC,
                    "train",
                    Digest.of("code"),
                    new TreeMap<>(),
                    inputs),
                new Computation(
                    "insurance",
                    Origin.SYNTHETIC,
                    "train",
                    Digest.of("code"),
                    parameters,
                    new TreeMap<>())))
        .extracting(Computation::key)
        .doesNotHaveDuplicates();
  }

  @Test
  void rejectsALaterSchema() throws Exception {
    byte[] later =
        new String(golden("manifest-1.json"), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"schema\":1", "\"schema\":2")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Manifest.parse(later, "s3://b/manifest.json"))
        .isInstanceOf(UserException.class)
        .hasMessage("s3://b/manifest.json has schema 2; this version reads 1 to 1");
  }

  private static byte[] golden(String name) throws Exception {
    try (InputStream in = ManifestTest.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    }
  }
}
