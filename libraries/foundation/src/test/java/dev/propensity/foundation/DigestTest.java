package dev.propensity.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** The example of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isSha256OfBytesTextAndFiles(@TempDir Path folder) throws Exception {
    assertThat(Digest.of("abc")).hasToString(ABC);
    assertThat(Digest.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(new Digest(ABC));
    assertThat(Digest.of(Files.writeString(folder.resolve("f"), "abc")).abbreviated(8))
        .isEqualTo("ba7816bf");
  }

  @Test
  void standsInJsonAsText() {
    assertThat(CanonicalJson.text(new Digest(ABC))).isEqualTo('"' + ABC + '"');
    assertThat(
            CanonicalJson.read(
                ('"' + ABC + '"').getBytes(StandardCharsets.UTF_8), Digest.class, "x"))
        .isEqualTo(new Digest(ABC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
  void rejectsWhatIsNone(String text) {
    assertThatThrownBy(() -> new Digest(text)).isInstanceOf(UserException.class);
  }
}
