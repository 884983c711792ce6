package dev.propensity.tasks.serve.upload;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a part of a form.
 *
 * @param name of its field; empty if it has none
 * @param fileName of the file; null if it is not a file
 * @param charset of its text; null if not stated
 * @param encoding of its bytes; null if not stated
 */
record PartHeaders(
    String name, @Nullable String fileName, @Nullable String charset, @Nullable String encoding) {

  /**
   * @param text the headers' lines, ended by CR LF
   */
  static PartHeaders parse(String text) {
    HeaderValue disposition = HeaderValue.parse("");
    HeaderValue type = disposition;
    String encoding = null;
    for (String line : text.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "content-disposition" -> disposition = HeaderValue.parse(value);
        case "content-type" -> type = HeaderValue.parse(value);
        case "content-transfer-encoding" -> encoding = value.toLowerCase(Locale.ROOT);
        default -> {
          // others do not describe the content
        }
      }
    }
    String name = disposition.parameter("name");
    return new PartHeaders(
        name == null ? "" : name,
        disposition.parameter("filename"),
        type.parameter("charset"),
        encoding);
  }
}
