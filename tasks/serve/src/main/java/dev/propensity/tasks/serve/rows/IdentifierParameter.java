package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.tasks.serve.http.Problem;
import io.javalin.http.Context;

/** The query parameter {@code identifier}: which column identifies rows. */
public final class IdentifierParameter {
  private static final String NAME = "identifier";

  private IdentifierParameter() {}

  /**
   * Whether rows are identified by their number though they have an identifier: {@code
   * ?identifier=row}.
   *
   * @throws Problem for any other value
   */
  public static boolean isRow(Context context) {
    String value = context.queryParam(NAME);
    if (value != null && !value.equals(RowSchema.ROW_NUMBER)) {
      throw new Problem(422, "the parameter 'identifier' can only be 'row'");
    }
    return value != null;
  }
}
