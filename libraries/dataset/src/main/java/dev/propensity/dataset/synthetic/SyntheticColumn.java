package dev.propensity.dataset.synthetic;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.dataset.split.SplitMix64;
import dev.propensity.dataset.split.Splitter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws synthetic cells of one column, with the effect of each on the label's hidden rule. */
final class SyntheticColumn {
  private static final double MISSING = 0.05;
  private static final int MIN_CODES = 12;
  private static final int MORE_CODES = 24;
  private static final int GROUPS = 300; // so that each split has both labels
  private static final double TYPICAL = 1000; // of a number with one bound or none
  private static final double FARTHEST = 0.999; // share of the long tail that is used
  private static final int DECIMALS = 4;
  private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1); // without bounds
  private static final int DAYS = 3652; // of ten years

  private final Column column;
  private final List<String> words;
  private final double[] effects;
  private final double[] upTo; // cumulative share of each word
  private final boolean decidesSplit;
  private final boolean rising;
  private final boolean humped;

  /**
   * @param decidesSplit whether it decides the rows' split, so that each row has a value
   */
  SyntheticColumn(Column column, boolean decidesSplit, long seed) {
    this.column = column;
    this.decidesSplit = decidesSplit;
    long name = 0;
    for (byte b : column.name().getBytes(StandardCharsets.UTF_8)) {
      name = Splitter.mix(name * 31 + b);
    }
    SplitMix64 random = new SplitMix64(seed ^ name);
    this.rising = random.fraction() < 0.5;
    this.humped = random.fraction() < 0.25;
    this.words = words(random);
    this.effects = new double[words.size()];
    this.upTo = new double[words.size()];
    double total = 0;
    for (int i = 0; i < effects.length; i++) {
      double ramp = effects.length == 1 ? 0 : 2.0 * i / (effects.length - 1) - 1;
      double effect = column.kind() == ColumnKind.CATEGORY ? 2 * random.fraction() - 1 : ramp;
      effects[i] = rising ? effect : -effect;
      total += 0.3 + random.fraction();
      upTo[i] = total;
    }
    for (int i = 0; i < upTo.length; i++) {
      upTo[i] /= total;
    }
  }

  private List<String> words(SplitMix64 random) {
    if (column.kind() != ColumnKind.CATEGORY || !column.values().isEmpty()) {
      return column.values();
    }
    int some = MIN_CODES + (int) (MORE_CODES * random.fraction());
    int count = decidesSplit ? GROUPS : some;
    List<String> codes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      codes.add(String.valueOf(i));
    }
    return codes;
  }

  /**
   * Draws a cell.
   *
   * @param row gets it
   * @return its effect, from -1 to 1
   */
  double draw(SplitMix64 random, List<String> row) {
    if (column.missing() && !decidesSplit && random.fraction() < MISSING) {
      row.add("");
      return 0;
    }
    if (!column.kind().hasWords()) {
      return number(random, row);
    }
    double fraction = random.fraction();
    int code = 0;
    while (code < upTo.length - 1 && fraction >= upTo[code]) {
      code++;
    }
    row.add(words.get(code));
    return effects[code];
  }

  private double number(SplitMix64 random, List<String> row) {
    double place = random.fraction();
    row.add(column.date() == null ? text(value(place)) : date(column.date(), place));
    double effect = humped ? 1 - 4 * Math.abs(place - 0.5) : 2 * place - 1;
    return rising ? effect : -effect;
  }

  /** A value that rises with its place in [0, 1); within the bounds. */
  private double value(double place) {
    Double low = column.minimum();
    Double high = column.maximum();
    if (low != null && high != null) {
      return low + place * (high - low);
    }
    if (low != null) {
      return low - TYPICAL * StrictMath.log(1 - FARTHEST * place);
    }
    if (high != null) {
      return high + TYPICAL * StrictMath.log(1 - FARTHEST * (1 - place));
    }
    return 10 * place;
  }

  private String text(double value) {
    boolean integers = isInteger(column.minimum()) && isInteger(column.maximum()) && bounded();
    return BigDecimal.valueOf(value)
        .setScale(integers ? 0 : DECIMALS, RoundingMode.FLOOR)
        .toPlainString();
  }

  /** A date that rises with its place in [0, 1); within the bounds. */
  private static String date(DateRule rule, double place) {
    LocalDate low = rule.minimum();
    LocalDate high = rule.maximum();
    if (low == null) {
      low = high == null ? FIRST_DAY : high.minusDays(DAYS);
    }
    long days = high == null ? DAYS : ChronoUnit.DAYS.between(low, high) + 1;
    return rule.formats().get(0).format(low.plusDays((long) (place * days)));
  }

  private boolean bounded() {
    return column.minimum() != null || column.maximum() != null;
  }

  private static boolean isInteger(@Nullable Double bound) {
    return bound == null || bound == Math.rint(bound);
  }
}
