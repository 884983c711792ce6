package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column as JSON, with the keys of the specification; without missing and empty values.
 *
 * @param date the keys of a date, its bounds among them
 * @param feature false where the specification says so; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ColumnJson(
    String name,
    String kind,
    String description,
    List<String> values,
    @Nullable Double minimum,
    @Nullable Double maximum,
    DateRule.@Nullable Json date,
    boolean missing,
    @JsonProperty("missing_values") List<String> missingValues,
    String sensitive,
    @Nullable Boolean feature,
    @JsonProperty("leak_check") @Nullable String leakCheck) {

  public static ColumnJson of(Column column) {
    return new ColumnJson(
        column.name(),
        column.kind().name().toLowerCase(Locale.ROOT),
        column.description(),
        column.values(),
        column.minimum(),
        column.maximum(),
        DateRule.Json.of(column.date()),
        column.missing(),
        column.missingValues(),
        column.sensitive().name().toLowerCase(Locale.ROOT),
        column.feature() || column.sensitive() == Column.Sensitive.EXCLUDE ? null : false,
        column.leakCheck() ? null : "off");
  }

  public Column column() {
    return new Column(
        name,
        ColumnKind.valueOf(kind.toUpperCase(Locale.ROOT)),
        description == null ? "" : description,
        values == null ? List.of() : values,
        minimum,
        maximum,
        date == null ? null : date.rule(),
        missing,
        missingValues == null ? List.of() : missingValues,
        Column.Sensitive.valueOf(sensitive.toUpperCase(Locale.ROOT)),
        feature == null || feature,
        leakCheck == null);
  }
}
