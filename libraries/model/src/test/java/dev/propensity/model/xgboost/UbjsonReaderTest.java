package dev.propensity.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UbjsonReaderTest {
  @Test
  void readsWhatItWrites() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("small", 5L);
    document.put("unsigned", -126L);
    document.put("short", 300L);
    document.put("int", 70_000L);
    document.put("long", 1L << 40);
    document.put("float", 0.1f);
    document.put("double", 0.1);
    document.put("text", "grün");
    document.put("list", Arrays.asList(true, false, null, Map.of()));
    document.put("numbers", new NumericArray('l', ByteBuffer.allocate(8).putInt(4, 9)));
    byte[] bytes = UbjsonWriter.write(document);
    assertThat(UbjsonReader.read(bytes)).isEqualTo(document);
    assertThat(UbjsonWriter.write(UbjsonReader.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void readsNumbersOfEveryWidth() {
    assertThat(numbers('U', 255).intAt(0)).isEqualTo(255);
    assertThat(numbers('i', 255).intAt(0)).isEqualTo(-1);
    assertThat(numbers('I', 1, 2).intAt(0)).isEqualTo(258);
    assertThat(numbers('l', 0, 0, 1, 2).intAt(0)).isEqualTo(258);
    assertThat(numbers('L', 0, 0, 0, 0, 0, 0, 1, 2).intAt(0)).isEqualTo(258);
    assertThat(numbers('d', 0x3f, 0x80, 0, 0).floatAt(0)).isEqualTo(1f);
    assertThatThrownBy(() -> numbers('d', 0, 0, 0, 0).intAt(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsIntegersThatXgboostNeverWrites() {
    assertThat(UbjsonReader.read(new byte[] {'U', (byte) 200})).isEqualTo(200L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X", "{", "[x", "[$x#L", "[#X", "SX", "T1", "[$d#L\0\0\0\0\0\0\0\5"})
  void rejectsWhatIsNotUbjson(String bytes) {
    assertThatThrownBy(
            () -> UbjsonReader.read(bytes.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsALengthBeyondTheBytes() {
    byte[] huge = {'[', '#', 'L', 127, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> UbjsonReader.read(huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it breaks off after 11 bytes");
  }

  private static NumericArray numbers(char type, int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return new NumericArray(type, ByteBuffer.wrap(data));
  }
}
