package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CanonicalWord;
import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The group's value in its canonical form, in UTF-8. */
final class GroupKey implements SplitKey {
  private final MissingWords missing;
  private final UnaryOperator<String> withPoint;
  private String group = "";

  /**
   * @param missing of this column
   * @param withPoint see {@link SplitKey#of}
   */
  GroupKey(MissingWords missing, UnaryOperator<String> withPoint) {
    this.missing = missing;
    this.withPoint = withPoint;
  }

  @Override
  public @Nullable InvalidCell take(String cell) {
    String word = CellReader.trimmed(cell);
    group = CanonicalWord.of(withPoint.apply(word));
    return missing.error(word);
  }

  @Override
  public byte[] bytes(RowValues values) {
    return group.getBytes(StandardCharsets.UTF_8);
  }
}
