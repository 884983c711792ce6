package dev.propensity.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashListTest {
  @Test
  void sortsAsUnsignedNumbersInPlaceAndRanks() {
    HashList list = new HashList();
    for (long hash : new long[] {-1, 7, Long.MIN_VALUE, 7, 3}) {
      list.add(hash);
    }
    assertThat(list.get(0)).isEqualTo(-1);
    list.sort();
    assertThat(new long[] {list.get(0), list.get(1), list.get(2), list.get(3), list.get(4)})
        .containsExactly(3, 7, 7, Long.MIN_VALUE, -1);
    assertThat(list.rank(7)).isEqualTo(1);
    assertThat(list.rank(8)).isEqualTo(3);
    assertThat(list.rank(-1)).isEqualTo(4);
    assertThat(list.rank(0)).isZero();
  }
}
