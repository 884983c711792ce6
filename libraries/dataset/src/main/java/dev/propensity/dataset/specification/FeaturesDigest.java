package dev.propensity.dataset.specification;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The digest of everything in a specification that a hash of a row's features depends on. */
final class FeaturesDigest {
  private static final int DIGITS = 12;

  private FeaturesDigest() {}

  /** The digest of these columns, of which only the features count, in their order. */
  static String of(List<Column> columns) {
    List<Part> parts = columns.stream().filter(Column::feature).map(Part::of).toList();
    return Digest.of(CanonicalJson.bytes(parts)).abbreviated(DIGITS);
  }

  /** How the cells of one feature become its values; not which of them are valid. */
  private record Part(
      String name,
      ColumnKind kind,
      List<String> values,
      List<String> missingValues,
      List<String> formats,
      @Nullable String since) {
    static Part of(Column column) {
      DateRule date = column.date();
      return new Part(
          column.name(),
          column.kind(),
          column.values(),
          column.missingValues(),
          date == null ? List.of() : date.formats().stream().map(Object::toString).toList(),
          date == null ? null : date.since().toString());
    }
  }
}
