package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArtifactTest {
  private static final Computation COMPUTATION =
      new Computation(
          "toys", Origin.SYNTHETIC, "train", Digest.of("code"), new TreeMap<>(), new TreeMap<>());
  private static final S3Location URI =
      S3Location.parse("s3://bucket/toys-synthetic/train/0123456789");
  private static final Artifact MODEL =
      new Artifact(URI, Manifest.of(COMPUTATION, new TreeMap<>()), Digest.of("manifest"));

  @Test
  void isTitledByTheFirstDigitsOfItsKey() {
    assertThat(MODEL.titled("xgboost")).isEqualTo("xgboost 01234567");
  }

  @Test
  void isOfItsDatasetWhateverItsOrigin() {
    assertThat(MODEL.requireOf("toys")).isSameAs(MODEL);
    assertThatThrownBy(() -> MODEL.requireOf("games"))
        .isInstanceOf(UserException.class)
        .hasMessage(URI + " belongs to toys, not to games");
  }

  @Test
  void isNamedByItsDatasetAndItsOrigin() {
    assertThat(MODEL.requireNamed("toys-synthetic")).isSameAs(MODEL);
    assertThatThrownBy(() -> MODEL.requireNamed("toys"))
        .isInstanceOf(UserException.class)
        .hasMessage(URI + " belongs to toys-synthetic, not to toys");
  }
}
