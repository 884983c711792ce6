package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CanonicalWord;
import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The group's value in its canonical form, in UTF-8. */
final class GroupKey implements SplitKey {
  private final MissingWords missing;
  private String group = "";

  /**
   * @param missing of this column
   */
  GroupKey(MissingWords missing) {
    this.missing = missing;
  }

  @Override
  public @Nullable InvalidCell take(String cell) {
    group = CanonicalWord.of(cell);
    return missing.error(CellReader.trimmed(cell));
  }

  @Override
  public byte[] bytes(RowValues values) {
    return group.getBytes(StandardCharsets.UTF_8);
  }
}
