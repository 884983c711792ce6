package dev.propensity.tasks.serve.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Chooses a response's media type by the request's {@code Accept} header (<a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>).
 *
 * <p>The type with the highest quality wins; of equal ones the more specific, then the first in the
 * header. If no offered type is acceptable, the default is sent, as the RFC allows, instead of a
 * 406.
 */
public final class AcceptHeader {
  /**
   * A media range of the header.
   *
   * @param type in lower case: {@code text/csv}, {@code text/*} or {@code *}{@code /*}
   * @param quality 0 to 1; 0 for a type that is not acceptable
   */
  private record MediaRange(String type, double quality) {
    static MediaRange parse(String text) {
      String[] parts = text.split(";");
      double quality = 1;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
        if (parameter.startsWith("q=")) {
          quality = quality(parameter.substring(2).strip());
        }
      }
      return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }

    private static double quality(String text) {
      return text.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(text)) : 1;
    }

    /** 3 for the type itself, 2 for its group, 1 for any type, 0 if it does not match. */
    int specificity(String offered) {
      if (type.equals(offered)) {
        return 3;
      }
      String group = offered.substring(0, offered.indexOf('/'));
      return type.equals(group + "/*") ? 2 : type.equals("*/*") || type.equals("*") ? 1 : 0;
    }
  }

  private final List<MediaRange> ranges = new ArrayList<>();

  private AcceptHeader(List<String> values) {
    for (String text : String.join(",", values).split(",")) {
      if (!text.isBlank()) {
        ranges.add(MediaRange.parse(text));
      }
    }
  }

  /**
   * The type to respond with.
   *
   * @param usual the default
   * @param other the alternative
   */
  public static String choose(Context context, String usual, String other) {
    if (context.req().getHeader("Accept") == null) {
      return usual;
    }
    return choose(Collections.list(context.req().getHeaders("Accept")), usual, other);
  }

  static String choose(List<String> values, String usual, String other) {
    return new AcceptHeader(values).prefers(other, usual) ? other : usual;
  }

  private boolean prefers(String other, String usual) {
    int one = match(other);
    int two = match(usual);
    if (quality(one) != quality(two)) {
      return quality(one) > quality(two);
    }
    int more = specificity(one, other) - specificity(two, usual);
    return quality(one) > 0 && (more > 0 || more == 0 && one < two);
  }

  /** The index of the most specific range for this type, -1 for none. */
  private int match(String type) {
    int best = -1;
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).specificity(type) > specificity(best, type)) {
        best = i;
      }
    }
    return best;
  }

  private int specificity(int range, String type) {
    return range < 0 ? 0 : ranges.get(range).specificity(type);
  }

  private double quality(int range) {
    return range < 0 ? 0 : ranges.get(range).quality();
  }
}
