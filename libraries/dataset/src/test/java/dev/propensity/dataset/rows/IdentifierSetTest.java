package dev.propensity.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentifierSetTest {

  @Test
  void findsEveryDuplicateIdentifierAndNoOther() {
    IdentifierSet set = new IdentifierSet();
    for (int i = 1; i <= 200_000; i++) {
      assertThat(add(set, "id" + i, i)).isZero();
    }
    for (int i = 1; i <= 200_000; i += 777) {
      assertThat(add(set, "id" + i, 9)).isEqualTo(i);
    }
  }

  @Test
  void hashesThatMeetUnderOneKeyAreSpreadByAnother() {
    int places = 1024;
    for (boolean sameHigh : new boolean[] {true, false}) {
      int met = 0;
      Set<Integer> spread = new HashSet<>();
      for (long i = 0; met < places; i++) {
        long high = sameHigh ? 5 : i;
        long low = sameHigh ? i : 5;
        if (IdentifierSet.place(high, low, 1) % places == 0) {
          met++;
          spread.add(Math.floorMod(IdentifierSet.place(high, low, 2), places));
        }
      }
      // Thrown at random, 1024 leave 1024 / e places free: 647 are taken, 11 more or less.
      assertThat(spread).hasSizeBetween(580, 715);
    }
  }

  private static long add(IdentifierSet set, String identifier, long line) {
    byte[] utf8 = identifier.getBytes(StandardCharsets.UTF_8);
    return set.add(utf8, 0, utf8.length, line);
  }
}
