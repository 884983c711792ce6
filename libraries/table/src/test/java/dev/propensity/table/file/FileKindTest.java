package dev.propensity.table.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Records;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
  /** Bytes as ISO 8859-1, with {@code \\x} for those that cannot be written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "\\1F\\8B\\08\\00#GZIP#is compressed by gzip; decompress it first",
        "PK\\03\\04\\14\\00train.csv#ZIP#is a ZIP archive; extract its CSV first",
        "PK\\05\\06\\00\\00#ZIP#is a ZIP archive",
        "PK\\03\\04\\14\\00[Content_Types].xml#EXCEL#is an Excel workbook: save the sheet as CSV",
        "PK\\03\\04\\14\\00xl/workbook.xml#EXCEL#is an Excel workbook",
        "\\D0\\CF\\11\\E0\\A1\\B1#EXCEL#is an Excel workbook",
        "BZh91AY&SY\\12\\34#BZIP2#is compressed by bzip2",
        "\\28\\B5\\2F\\FD\\00#ZSTANDARD#is compressed by Zstandard",
        "\\FD7zXZ\\00\\00#XZ#is compressed by xz",
        "PAR1\\15\\04\\15#PARQUET#is a Parquet file: write it as CSV in UTF-8",
        "%PDF-1.7#PDF#is a PDF: a CSV in UTF-8 is expected",
        "<!DOCTYPE html><html>#HTML#is an HTML page, not a CSV",
        "\\EF\\BB\\BF\\0A <HTML lang=\"en\">#HTML#is an HTML page",
        "<?xml version=\"1.0\"?>#HTML#is an HTML page",
        "\\FF\\FEa\\00#UTF16#is in UTF-16: save it as UTF-8",
        "\\FE\\FF\\00a#UTF16#is in UTF-16",
        "a\\00,\\00b\\00#UTF16#is in UTF-16",
        "\\00a\\00,\\00b#UTF16#is in UTF-16",
        "\\7FELF\\02\\01\\01\\00#BINARY#is a binary file, not a CSV",
      })
  void knowsAFileByItsFirstBytesAndSaysWhatToDo(String bytes, FileKind kind, String advice) {
    byte[] start = bytes(bytes);
    assertThat(FileKind.of(start, start.length)).isEqualTo(kind);
    assertThatThrownBy(() -> CsvReader.open(Records.stream(start, 99), "t.csv", Set.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("t.csv " + advice);
  }

  /** Columns whose names begin as other kinds of files do. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a,b", "PK,b", "BZh,b", "BZh9,b", "PAR1,PAR2", "PAR1\t2", "\uFEFFa", "<a>"})
  void takesTextForText(String text) {
    byte[] start = text.getBytes(StandardCharsets.UTF_8);
    assertThat(FileKind.of(start, start.length)).isEqualTo(FileKind.TEXT);
    FileKind.TEXT.requireText("t.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void knowsUtf16AlsoWithoutAByteOrderMark(String charset) {
    byte[] start = "id,größe,x\n1,2,3\n".getBytes(Charset.forName(charset));
    assertThat(FileKind.of(start, start.length)).isEqualTo(FileKind.UTF16);
  }

  @Test
  void nothingIsAnEmptyFile() {
    assertThat(FileKind.of(new byte[9], 0)).isEqualTo(FileKind.EMPTY);
  }

  private static byte[] bytes(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '\\') {
        text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        text.append(escaped.charAt(i));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
