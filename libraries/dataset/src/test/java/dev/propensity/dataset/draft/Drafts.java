package dev.propensity.dataset.draft;

import dev.propensity.dataset.Tables;
import dev.propensity.dataset.features.Preprocessing;
import dev.propensity.dataset.profile.DataReport;
import dev.propensity.foundation.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Drafts of tables, which are checked by preprocessing the table with them. */
final class Drafts {
  private Drafts() {}

  static SpecDraft of(String csv) throws IOException {
    return of(csv, null);
  }

  static SpecDraft of(String csv, @Nullable String label) throws IOException {
    return of(() -> Tables.stream(csv), label);
  }

  static SpecDraft of(TableInput table, @Nullable String label) throws IOException {
    return SpecDrafting.read(table, "in.csv").draft("odd", "/data/in.csv", label);
  }

  /** Preprocesses the whole table with its draft, as a training does. */
  static DataReport preprocess(TableInput table, SpecDraft draft) throws IOException {
    try (WorkFolder folder = new WorkFolder();
        InputStream csv = table.open()) {
      return Preprocessing.run(csv, "in.csv", draft.spec(), folder.path());
    }
  }

  /** The draft of a column that is neither the label nor the identifier. */
  static ColumnDraft column(SpecDraft draft, String name) {
    return draft.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
