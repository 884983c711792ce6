package dev.propensity.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellCacheTest {
  private final CellCache cache = new CellCache();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(String cell, float value) {
    byte[] bytes = bytes("<" + cell + ">");
    int slot = cache.slot(bytes, 1, bytes.length - 1);
    assertThat(cache.has(slot)).as(cell).isFalse();
    cache.put(slot, bytes, 1, bytes.length - 1, value);
  }

  private int slot(String before, String cell, String after) {
    byte[] bytes = bytes(before + cell + after);
    int from = bytes(before).length;
    return cache.slot(bytes, from, from + bytes(cell).length);
  }

  @Test
  void findsCellsOfAnyLengthWhateverIsAroundThem() {
    List<String> cells = new ArrayList<>();
    for (int length = 1; length <= 40; length++) {
      // These differ in their first, last, and no byte but their number.
      cells.add("a".repeat(length));
      cells.add("b" + "a".repeat(length - 1));
      cells.add("ä" + "a".repeat(length - 1));
      if (length > 1) {
        cells.add("a".repeat(length - 1) + "b");
      }
    }
    for (int i = 0; i < cells.size(); i++) {
      put(cells.get(i), i);
    }
    for (int i = 0; i < cells.size(); i++) {
      for (String after : List.of("", "x", "a\0aaaaaaaaa")) {
        int slot = slot("aa", cells.get(i), after);
        assertThat(cache.has(slot)).isTrue();
        assertThat(cache.value(slot)).as(cells.get(i)).isEqualTo(i);
      }
      assertThat(cache.has(slot("", cells.get(i) + "\0", ""))).isFalse();
    }
  }

  @Test
  void keepsTheFirstCells() {
    for (int i = 0; i < 5000; i++) {
      put("cell " + i, i);
    }
    assertThat(cache.value(slot("", "cell 4095", ""))).isEqualTo(4095);
    assertThat(cache.has(slot("", "cell 4096", ""))).isFalse();
  }
}
