package dev.propensity.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document of a monitoring ledger.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param number from 1, without gaps
 * @param name the dataset's name with its origin
 * @param action what was done
 * @param window of a monitored one, its text, such as {@code 2026-11-29}; of an acceptance, that of
 *     the first window of the new reference
 * @param model the digest of the champion
 * @param version of the champion
 * @param profile of a monitored window; null of an acceptance
 * @param monitoring of a monitored window; null of an acceptance
 * @param verdict of a monitored window, such as {@code quiet}; null of an acceptance
 * @param columns that alarmed or were noticed
 * @param referable whether a monitored window may be part of a reference
 * @param who the user or run
 * @param when as ISO 8601 in UTC
 * @param why one line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonitoringEntry(
    int schema,
    int number,
    String name,
    Action action,
    String window,
    Digest model,
    int version,
    @Nullable S3Location profile,
    @Nullable S3Location monitoring,
    @Nullable String verdict,
    List<String> columns,
    boolean referable,
    String who,
    String when,
    String why)
    implements NumberedEntry {
  /** The version that this code writes and reads. */
  public static final int SCHEMA = 1;

  /** The action of an entry. */
  public enum Action {
    /** A window got its verdict. */
    MONITORED,
    /** A user accepted the last windows as the new reference. */
    ACCEPTED;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public MonitoringEntry {
    columns = columns == null ? List.of() : List.copyOf(columns);
  }

  /** A window's verdict, with the time of now. */
  public static MonitoringEntry monitored(
      int number,
      String name,
      String window,
      Release champion,
      S3Location profile,
      S3Location monitoring,
      String verdict,
      List<String> columns,
      boolean referable,
      String who) {
    return new MonitoringEntry(
        SCHEMA,
        number,
        name,
        Action.MONITORED,
        window,
        champion.digest(),
        champion.version(),
        profile,
        monitoring,
        verdict,
        columns,
        referable,
        who,
        now(),
        verdict);
  }

  /** An acceptance of the windows from this one on, with the time of now. */
  public static MonitoringEntry accepted(
      int number, String name, String window, Release champion, String who, String why) {
    return new MonitoringEntry(
        SCHEMA,
        number,
        name,
        Action.ACCEPTED,
        window,
        champion.digest(),
        champion.version(),
        null,
        null,
        null,
        List.of(),
        false,
        who,
        now(),
        why);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * Reads an entry's bytes.
   *
   * @param where the entry's URI, for errors
   * @throws UserException if they are damaged or of a later schema
   */
  public static MonitoringEntry parse(byte[] json, String where) {
    int schema = CanonicalJson.read(json, JsonNode.class, where).path("schema").asInt();
    if (schema != SCHEMA) {
      throw new UserException(where + " has schema " + schema + "; this version reads " + SCHEMA);
    }
    MonitoringEntry entry = CanonicalJson.read(json, MonitoringEntry.class, where);
    boolean isMonitored = entry.action() == Action.MONITORED;
    if (entry.window() == null
        || entry.model() == null
        || isMonitored != Optional.ofNullable(entry.profile()).isPresent()
        || isMonitored != Optional.ofNullable(entry.verdict()).isPresent()) {
      throw new UserException(where + " is damaged: it lacks fields of the action");
    }
    return entry;
  }
}
