package dev.propensity.table.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowFileTest {
  private static final List<ArrowColumn> COLUMNS =
      List.of(
          new ArrowColumn("text", ArrowColumn.Type.UTF8, true),
          new ArrowColumn("small", ArrowColumn.Type.INT8, false),
          new ArrowColumn("code", ArrowColumn.Type.FLOAT32, false),
          new ArrowColumn("number", ArrowColumn.Type.INT32, false),
          new ArrowColumn("time", ArrowColumn.Type.TIMESTAMP, false));

  @TempDir Path folder;

  /** Three rows; the second text is missing. */
  private record Rows(int first) implements ArrowBody {
    @Override
    public int rows() {
      return 3;
    }

    @Override
    public int[] nulls() {
      return new int[] {1, 0, 0, 0, 0};
    }

    @Override
    public long[] lengths() {
      return new long[] {1, 16, 4, 0, 3, 0, 12, 0, 12, 0, 24};
    }

    @Override
    public void put(ByteBuffer body) {
      body.put((byte) 0b101);
      ArrowBody.pad(body);
      body.putInt(0).putInt(2).putInt(2).putInt(4).put(new byte[] {'a', 'b', 'c', 'd'});
      ArrowBody.pad(body);
      body.put(new byte[] {7, 8, 9});
      ArrowBody.pad(body);
      body.putFloat(1).putFloat(Float.NaN).putFloat(0);
      ArrowBody.pad(body);
      body.putInt(first).putInt(first + 1).putInt(first + 2);
      ArrowBody.pad(body);
      body.putLong(10).putLong(20).putLong(30);
    }
  }

  private Path written() {
    Path path = folder.resolve("file.arrow");
    try (ArrowFileWriter file = new ArrowFileWriter(path, COLUMNS, Map.of("a", "begin"))) {
      file.write(new Rows(100));
      file.write(new Rows(200));
      file.recode(2, new float[] {50, 51});
      assertThat(file.length()).isEqualTo(path.toFile().length());
      file.finish(Map.of("a", "ä", "b", "end"));
      assertThat(file.isOpen()).isTrue();
    }
    return path;
  }

  @Test
  void readsWhatWasWritten() {
    try (ArrowFileReader file = new ArrowFileReader(written(), "damaged")) {
      assertThat(file.columns()).isEqualTo(COLUMNS);
      assertThat(file.metadata()).isEqualTo(Map.of("a", "ä", "b", "end"));
      assertThat(file.batches()).isEqualTo(2);
      for (int i = 0; i < 2; i++) {
        assertThat(file.rows(i)).isEqualTo(3);
        ArrowFileReader.Batch batch = file.batch(i);
        assertThat(batch.rows()).isEqualTo(3);
        assertThat(batch.nulls(0)).isEqualTo(1);
        assertThat(batch.nulls(1)).isZero();
        assertThat(batch.buffer(0).get()).isEqualTo((byte) 0b101);
        assertThat(batch.buffer(1).getInt(12)).isEqualTo(4);
        assertThat(batch.buffer(4).get(2)).isEqualTo((byte) 9);
        assertThat(batch.buffer(6).getFloat(0)).isEqualTo(51);
        assertThat(batch.buffer(6).getFloat(4)).isNaN();
        assertThat(batch.buffer(6).getFloat(8)).isEqualTo(50);
        assertThat(batch.buffer(8).getInt(4)).isEqualTo(100 * (i + 1) + 1);
        assertThat(batch.buffer(10).getLong(16)).isEqualTo(30);
      }
    }
  }

  @Test
  void rejectsAnIncompleteFile() throws IOException {
    Path path = written();
    byte[] bytes = Files.readAllBytes(path);
    for (int length = 0; length < bytes.length; length += 5) {
      Files.write(path, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> new ArrowFileReader(path, "it is damaged"))
          .isInstanceOf(UserException.class)
          .hasMessage("it is damaged");
    }
  }

  @Test
  void rejectsDamagedBytesInItsOwnWords() throws IOException {
    Path path = written();
    byte[] bytes = Files.readAllBytes(path);
    int rejected = 0;
    for (int i = 8; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] = (byte) 0xFE;
      Files.write(path, damaged);
      try (ArrowFileReader file = new ArrowFileReader(path, "it is damaged")) {
        file.metadata();
        for (int batch = 0; batch < file.batches(); batch++) {
          file.rows(batch);
          file.batch(batch);
        }
      } catch (UserException e) {
        assertThat(e).hasMessage("it is damaged");
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(bytes.length / 10);
  }

  @Test
  void reportsAFolderThatDoesNotExist() {
    Path path = folder.resolve("none/file.arrow");
    assertThatThrownBy(() -> new ArrowFileWriter(path, COLUMNS, Map.of()))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> new ArrowFileReader(path, "damaged"))
        .isInstanceOf(UncheckedIOException.class);
  }
}
