package dev.propensity.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.propensity.foundation.Digest;
import java.util.List;
import java.util.Locale;

/**
 * One document of a release ledger. Each holds the whole state after it, so that only the last need
 * be read.
 *
 * @param schema the version of this document's form
 * @param number from 1, without gaps
 * @param name the data set's name with its origin: {@code insurance}, {@code insurance-sample}
 * @param action what was done
 * @param subject the model that it was done with
 * @param champion the model that the endpoint answers with after this; null where there is none yet
 * @param previous the champion before it, to which a roll-back goes; null where there is none
 * @param challenger the newest version that was not released; null where there is none
 * @param held digests of models that were rolled back and come back only by hand
 * @param versions how many versions there are
 * @param who the person or run that did it
 * @param when as ISO 8601 in UTC
 * @param why one line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerEntry(
    int schema,
    int number,
    String name,
    Action action,
    Release subject,
    Release champion,
    Release previous,
    Release challenger,
    List<Digest> held,
    int versions,
    String who,
    String when,
    String why) {
  /** What an entry says was done. */
  public enum Action {
    CHALLENGER,
    RELEASED,
    PROMOTED,
    ROLLED_BACK;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
