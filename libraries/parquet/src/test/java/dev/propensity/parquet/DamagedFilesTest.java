package dev.propensity.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedFilesTest {
  private static final int DAMAGES = 40;

  @TempDir Path folder;

  @Test
  void rejectsAFileThatIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(Parquets.file("snappy.parquet"));
    String damaged = "t: the Parquet file is damaged or incomplete: ";
    rejects(Arrays.copyOf(whole, whole.length - 1), damaged + "it has no footer at its end");
    rejects(Arrays.copyOf(whole, 10), damaged + "it has 10 bytes");
    rejects(Arrays.copyOf(whole, 3), "t is not a Parquet file");
    rejects(new byte[0], "t is empty: a Parquet file is expected");
  }

  @Test
  void rejectsAFileOfAnotherKind() throws IOException {
    rejects("id,y\n1,0\n".getBytes(StandardCharsets.UTF_8), "t is not a Parquet file");
  }

  @Test
  void rejectsAFooterOfAnImpossibleLength() throws IOException {
    String zeros = "PAR1" + "\0".repeat(100) + "PAR1";
    rejects(
        zeros.getBytes(StandardCharsets.US_ASCII),
        "t: the Parquet file is damaged or incomplete: a footer of 0 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encrypted", "encrypted-columns"})
  void rejectsAnEncryptedFile(String name) throws IOException {
    rejects(
        Files.readAllBytes(Parquets.file(name + ".parquet")),
        "t is an encrypted Parquet file: write it without encryption");
  }

  @Test
  void rejectsAnUnknownCodec() throws IOException {
    rejects(
        Files.readAllBytes(Parquets.file("brotli.parquet")),
        "t, column 'id' is compressed by BROTLI, which is not supported: write it with snappy,"
            + " gzip, zstd or lz4_raw");
  }

  @Test
  void checksTheChecksumOfAPage() throws IOException {
    byte[] bytes = Files.readAllBytes(Parquets.file("encodings.parquet"));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("red");
    assertThat(at).isPositive();
    bytes[at] = 'R';
    rejects(
        bytes,
        "t: the Parquet file is damaged or incomplete: column 'word' of row group 1: the checksum"
            + " of a page is wrong");
  }

  @Test
  void namesTheRowOfTextThatIsNotUtf8() throws IOException {
    byte[] bytes = Files.readAllBytes(Parquets.file("plain.parquet"));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("red");
    bytes[at] = (byte) 0xFF;
    rejects(bytes, "t, row 7, column 'word': not UTF-8; write the column as text in UTF-8");
    bytes[at] = 0;
    rejects(bytes, "t, row 7, column 'word': a NUL character, which no text may have");
  }

  @ParameterizedTest
  @ValueSource(strings = {"types", "none", "plain", "encodings", "v2", "groups", "gzip", "int96"})
  void isReadOrRejectedInOneLineHoweverItIsDamaged(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Parquets.file(name + ".parquet"));
    Random random = new Random(1);
    for (int i = 0; i < DAMAGES; i++) {
      byte[] bytes = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[4 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
      }
      try {
        Parquets.csv(Files.write(folder.resolve("t"), bytes));
      } catch (UserException e) {
        assertThat(e.getMessage()).startsWith("t").hasLineCount(1);
      }
    }
  }

  private void rejects(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("t"), bytes);
    assertThatThrownBy(() -> Parquets.csv(file))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
