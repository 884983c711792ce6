package dev.propensity.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentifierSetTest {

  @Test
  void findsEveryDoubledIdentifierAndNoOther() {
    IdentifierSet set = new IdentifierSet();
    for (int i = 1; i <= 200_000; i++) {
      assertThat(add(set, "id" + i, i)).isZero();
    }
    for (int i = 1; i <= 200_000; i += 777) {
      assertThat(add(set, "id" + i, 9)).isEqualTo(i);
    }
  }

  private static long add(IdentifierSet set, String identifier, long line) {
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return set.add(utf8, utf8.length, line);
  }
}
