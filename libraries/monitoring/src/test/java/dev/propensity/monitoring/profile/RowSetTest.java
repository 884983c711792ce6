package dev.propensity.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RowSetTest {
  @Test
  void findsEachOfManyRowsOnce() {
    RowSet rows = new RowSet();
    for (int pass = 0; pass < 2; pass++) {
      for (int request = 0; request < 50_000; request++) {
        for (int row = 1; row <= 4; row++) {
          assertThat(rows.add(hash("request " + request), row)).isEqualTo(pass == 0);
        }
      }
    }
  }

  @Property
  void bytesThatDifferHaveDifferentHashes(@ForAll String one, @ForAll String other) {
    assertThat(hash(one) == hash(other)).isEqualTo(one.equals(other));
  }

  @Test
  void neighborsHaveDifferentHashes() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      hashes.add(hash("0a1b2c3d-0000-4000-8000-" + (100_000_000_000L + i)));
    }
    assertThat(hashes).hasSize(100_000);
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteHash.of(bytes, 0, bytes.length);
  }
}
