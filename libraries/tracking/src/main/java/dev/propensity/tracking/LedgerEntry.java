package dev.propensity.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.Origin;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One document of a release ledger. Each contains the whole state after it, so that only the last
 * must be read.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param number from 1, without gaps
 * @param name the dataset's name with its origin: {@code insurance}, {@code insurance-synthetic}
 * @param action what was done
 * @param from the version that was live before this; null where there was none, and in schema 1,
 *     which derives it from {@link #before()}
 * @param to the version that is live after this; null where there is none, and in schema 1
 * @param subject the model of the action; of a rollback the one that was rolled back
 * @param champion the model that is live on the endpoint after this; null where there is none
 * @param previous the champion before it, the target of a rollback; null where there is none
 * @param challenger the newest version that was not released; null where there is none
 * @param held digests of models that were rolled back and return only by a manual promotion
 * @param models digests of all versions: that of version 1 first
 * @param who the user or run
 * @param when as ISO 8601 in UTC
 * @param why one line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerEntry(
    int schema,
    int number,
    String name,
    Action action,
    @Nullable Integer from,
    @Nullable Integer to,
    Release subject,
    @Nullable Release champion,
    @Nullable Release previous,
    @Nullable Release challenger,
    List<Digest> held,
    List<Digest> models,
    String who,
    String when,
    String why)
    implements NumberedEntry {
  /** The version that this code writes. */
  public static final int SCHEMA = 2;

  /** The action of an entry. */
  public enum Action {
    /** A version was registered only. */
    CHALLENGER,
    /** A run promoted a model to champion. */
    RELEASED,
    /** A user promoted a version to champion. */
    PROMOTED,
    /** The champion was rolled back and is held. */
    ROLLED_BACK;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public LedgerEntry {
    held = held == null ? List.of() : List.copyOf(held);
    models = models == null ? List.of() : List.copyOf(models);
    require(number >= 1 && number <= 999_999, "the number " + number);
    require(name != null && !name.isEmpty(), "no name");
    name = Origin.currentName(name);
    require(action != null && subject != null, "no action or no subject");
    for (Release release : new Release[] {subject, champion, previous, challenger}) {
      if (release != null) {
        require(
            release.version() <= models.size()
                && models.get(release.version() - 1).equals(release.digest()),
            "a version " + release.version() + " that is not in its list of models");
      }
    }
    require(previous == null || champion != null, "a previous champion, but none now");
    require(
        schema == 1 || Objects.equals(from, before(action, subject, champion, previous)),
        "a version before it of " + from + ", which does not match its models");
    require(
        schema == 1 || Objects.equals(to, versionOf(champion)),
        "a version after it of " + to + ", which is not the champion's");
    require(who != null && why != null && isTime(when), "no valid who, when and why");
  }

  /**
   * Reads an entry's bytes.
   *
   * @param where the entry's URI, for the error's text
   * @throws UserException if they are damaged or of a later schema
   */
  public static LedgerEntry parse(byte[] json, String where) {
    int schema = CanonicalJson.read(json, JsonNode.class, where).path("schema").asInt();
    if (schema < 1 || schema > SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads 1 to " + SCHEMA);
    }
    return CanonicalJson.read(json, LedgerEntry.class, where);
  }

  /** The version that was live before this; empty where there was none. */
  public Optional<Integer> before() {
    return Optional.ofNullable(before(action, subject, champion, previous));
  }

  /** The version that is live after this; empty where there is none. */
  public Optional<Integer> after() {
    return Optional.ofNullable(versionOf(champion));
  }

  /** The previous champion after each action. */
  static @Nullable Integer before(
      Action action, Release subject, @Nullable Release champion, @Nullable Release previous) {
    return switch (action) {
      case CHALLENGER -> versionOf(champion);
      case RELEASED, PROMOTED -> versionOf(previous);
      case ROLLED_BACK -> versionOf(subject);
    };
  }

  static @Nullable Integer versionOf(@Nullable Release release) {
    return release == null ? null : release.version();
  }

  /** How many versions there are. */
  public int versions() {
    return models.size();
  }

  /** The version of this model, or 0 where it was never registered. */
  public int versionOf(Digest model) {
    return models.indexOf(model) + 1;
  }

  /** Whether this model was rolled back and returns only by a manual promotion. */
  public boolean holds(Digest model) {
    return held.contains(model);
  }

  private void require(boolean right, String wrong) {
    if (!right) {
      throw new UserException("the ledger entry " + number + " of " + name + " has " + wrong);
    }
  }

  private static boolean isTime(String text) {
    try {
      return text != null && Instant.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
