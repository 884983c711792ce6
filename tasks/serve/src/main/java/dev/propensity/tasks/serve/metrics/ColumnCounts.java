package dev.propensity.tasks.serve.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Counts by column as the text of a header, {@code Region_Code=17, Policy_Sales_Channel=2}, or
 * look-alikes, {@code colour=RED~red}. It leaves room for other headers: the number of the elements
 * that do not fit is last, {@code and 37 more}. Names and words are encoded as in an address.
 */
public final class ColumnCounts {
  /** How many bytes the elements may take; the number of the others comes on top. */
  static final int MAX_BYTES = 2 << 10;

  private static final String SEPARATOR = ", ";

  private final StringBuilder text = new StringBuilder();
  private int more;

  /** Adds a column, unless there is no room any more. */
  public void add(String column, long count) {
    add(encoded(column) + '=' + count);
  }

  /** Adds an unseen word and the known one that it looks like, unless there is no room any more. */
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

  /** The header's value; empty where nothing was counted. */
  public String text() {
    if (more > 0) {
      separate();
      text.append("and ").append(more).append(" more");
      more = 0;
    }
    return text.toString();
  }
}
