package dev.propensity.table.file;

import dev.propensity.foundation.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The kind of a file by its first bytes, regardless of its name: text, or a kind that is no CSV.
 */
public enum FileKind {
  TEXT(""),
  EMPTY("is empty: a CSV with a header line is expected"),
  GZIP("is compressed by gzip; decompress it first"),
  ZIP("is a ZIP archive; extract its CSV first"),
  EXCEL("is an Excel workbook: save the sheet as CSV in UTF-8"),
  BZIP2("is compressed by bzip2: decompress it, or compress it by gzip"),
  ZSTANDARD("is compressed by Zstandard: decompress it, or compress it by gzip"),
  XZ("is compressed by xz: decompress it, or compress it by gzip"),
  PARQUET("is a Parquet file: write it as CSV in UTF-8"),
  PDF("is a PDF: a CSV in UTF-8 is expected"),
  HTML("is an HTML page, not a CSV: is it a log-in or error page, or a page about the file?"),
  UTF16("is in UTF-16: save it as UTF-8"),
  BINARY("is a binary file, not a CSV");

  private static final int START = 512;

  // More than their first letters, which a column's name may have, too.
  private static final Pattern BZIP2_START = Pattern.compile("BZh[1-9]1AY&SY");
  private static final Pattern PARQUET_START = Pattern.compile("PAR[1E][\\x00-\\x08\\x0E-\\x1F]");

  private final String advice;

  FileKind(String advice) {
    this.advice = advice;
  }

  /** The kind of a file that begins with these bytes. */
  public static FileKind of(byte[] start, int length) {
    if (length == 0) {
      return EMPTY;
    }
    int first = start[0] & 0xFF;
    int second = length > 1 ? start[1] & 0xFF : -1;
    if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
      return UTF16;
    }
    if (first == 0x1F && second == 0x8B) {
      return GZIP;
    }
    String text = new String(start, 0, Math.min(length, START), StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return text.contains("[Content_Types].xml") || text.contains("xl/") ? EXCEL : ZIP;
    }
    if (text.startsWith("\u00D0\u00CF\u0011\u00E0")) {
      return EXCEL;
    }
    if (BZIP2_START.matcher(text).lookingAt()) {
      return BZIP2;
    }
    if (text.startsWith("\u0028\u00B5\u002F\u00FD")) {
      return ZSTANDARD;
    }
    if (text.startsWith("\u00FD7zXZ\0")) {
      return XZ;
    }
    if (PARQUET_START.matcher(text).lookingAt()) {
      return PARQUET;
    }
    if (text.startsWith("%PDF")) {
      return PDF;
    }
    String words = text.replace("\u00EF\u00BB\u00BF", "").stripLeading().toLowerCase(Locale.ROOT);
    if (words.startsWith("<!doctype") || words.startsWith("<html") || words.startsWith("<?xml")) {
      return HTML;
    }
    if (text.indexOf('\0') >= 0) {
      return isHalfZeros(text) ? UTF16 : BINARY;
    }
    return TEXT;
  }

  // ASCII characters in UTF-16 without a byte order mark: every other byte is 0.
  private static boolean isHalfZeros(String text) {
    long zeros = text.chars().filter(c -> c == 0).count();
    return zeros * 3 > text.length() && zeros * 3 < text.length() * 2L;
  }

  /**
   * Rejects what is not text.
   *
   * @param where the file's name
   */
  public void requireText(String where) {
    if (this != TEXT) {
      throw new UserException(where + " " + advice);
    }
  }
}
