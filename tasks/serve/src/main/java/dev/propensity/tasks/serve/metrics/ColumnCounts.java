package dev.propensity.tasks.serve.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Counts by column as the text of a header, {@code Region_Code=17, Policy_Sales_Channel=2}, that
 * leaves room for others: what does not fit is told last by the number of its columns, {@code and
 * 37 more}. Names are encoded as in an address.
 */
final class ColumnCounts {
  /** How many bytes the columns may take; the number of the others comes on top. */
  static final int MOST_BYTES = 2 << 10;

  private static final String SEPARATOR = ", ";

  private final StringBuilder text = new StringBuilder();
  private int more;

  void add(String column, long count) {
    String element = URLEncoder.encode(column, StandardCharsets.UTF_8) + '=' + count;
    if (text.length() + SEPARATOR.length() + element.length() > MOST_BYTES) {
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
  String text() {
    if (more > 0) {
      separate();
      text.append("and ").append(more).append(" more");
      more = 0;
    }
    return text.toString();
  }
}
