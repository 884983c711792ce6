package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.parquet.column.Encoding;
import org.junit.jupiter.api.Test;

class EncodedPageTest {
  @Test
  void takesRunsThatFillUpTheirLastGroup() {
    takes(Encoding.RLE_DICTIONARY, 3, 1, 3, 0b101); // one group of 8, of which 3 count
    takes(Encoding.RLE_DICTIONARY, 5, 1, 10, 1); // 5 times 1
    takes(Encoding.RLE_DICTIONARY, 5, 0, 10); // of a dictionary with one entry
    takes(Encoding.PLAIN, 5);
  }

  @Test
  void rejectsGroupsThatThePageDoesNotHave() {
    // 2^21 groups of 8 in one byte
    rejects(Encoding.RLE_DICTIONARY, 1 << 30, 1, 0x81, 0x80, 0x80, 0x02, 0);
    rejects(Encoding.RLE_DICTIONARY, 10, 1, 0x81, 0x02, 0); // 128 groups for 10 values
    rejects(Encoding.RLE_DICTIONARY, 100, 8, 25, 1, 2, 3); // 12 groups of 8 bytes in 3 bytes
    rejects(Encoding.RLE_DICTIONARY, 1, 33, 2, 0); // more bits than a number has
  }

  @Test
  void rejectsBooleansThatArePartlyThere() {
    takes(Encoding.RLE, 5, 2, 0, 0, 0, 10, 1);
    rejects(Encoding.RLE, 5, 3, 0, 0, 0, 10, 1);
    rejects(Encoding.RLE, 5, 2, 0, 0);
  }

  @Test
  void rejectsMoreDifferencesThanValues() {
    takes(Encoding.DELTA_BINARY_PACKED, 1, 8, 1, 1, 2); // block of 8 in 1 part, 1 value
    rejects(Encoding.DELTA_BINARY_PACKED, 1, 8, 1, 2, 2);
    rejects(Encoding.DELTA_BINARY_PACKED, 1, 0, 1, 1, 2);
    // The lengths of prefixes have 2 values, those of suffixes 3.
    takes(Encoding.DELTA_BYTE_ARRAY, 2, 8, 1, 2, 0, 0, 0, 8, 1, 2, 0, 0, 0);
    rejects(Encoding.DELTA_BYTE_ARRAY, 2, 8, 1, 2, 0, 0, 0, 8, 1, 3, 0, 0, 0);
  }

  @Test
  void countsTheMemoryOfDecodedDifferences() {
    assertThat(EncodedPage.memory(Encoding.DELTA_BYTE_ARRAY, 10)).isEqualTo(160);
    assertThat(EncodedPage.memory(Encoding.DELTA_BINARY_PACKED, 10)).isEqualTo(80);
    assertThat(EncodedPage.memory(Encoding.PLAIN, 10)).isZero();
  }

  private static void takes(Encoding encoding, int values, int... page) {
    assertThatCode(() -> EncodedPage.requireValues(bytes(page), 0, encoding, values))
        .doesNotThrowAnyException();
  }

  private static void rejects(Encoding encoding, int values, int... page) {
    assertThatThrownBy(() -> EncodedPage.requireValues(bytes(page), 0, encoding, values))
        .isInstanceOf(DamagedPageException.class)
        .hasMessage("a page with an impossible number of values");
  }

  private static byte[] bytes(int... page) {
    byte[] bytes = new byte[page.length];
    for (int i = 0; i < page.length; i++) {
      bytes[i] = (byte) page[i];
    }
    return bytes;
  }
}
