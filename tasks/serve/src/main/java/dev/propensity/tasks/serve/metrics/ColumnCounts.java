package dev.propensity.tasks.serve.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Counts by column as the text of a header, {@code Region_Code=17, Policy_Sales_Channel=2}, or
 * look-alikes, {@code colour=RED~red}. It leaves room for other headers: elements that do not fit
 * are counted at the end, {@code and 37 more}. Names and values are URL-encoded.
 */
public final class ColumnCounts {
  /** The maximum length of the elements in bytes, without the count of the others. */
  static final int MAX_BYTES = 2 << 10;

  private static final String SEPARATOR = ", ";

  private final StringBuilder text = new StringBuilder();
  private int more;

  /** Adds a column, if there is room. */
  public void add(String column, long count) {
    add(encoded(column) + '=' + count);
  }

  /** Adds an unseen value and the known one that it looks like, if there is room. */
  public void addLookAlike(String column, String word, String known) {
    add(encoded(column) + '=' + encoded(word) + '~' + encoded(known));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void add(String element) {
    if (text.length() + SEPARATOR.length() + element.length() > MAX_BYTES) {
      more++;
      return;
    }
    separate();
    text.append(element);
  }

  private void separate() {
    if (text.length() > 0) {
      text.append(SEPARATOR);
    }
  }

  /** The header's value; empty if nothing was counted. */
  public String text() {
    if (more > 0) {
      separate();
      text.append("and ").append(more).append(" more");
      more = 0;
    }
    return text.toString();
  }
}
