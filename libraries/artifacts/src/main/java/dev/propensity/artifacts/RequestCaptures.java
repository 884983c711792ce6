package dev.propensity.artifacts;

import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requests that endpoints on Amazon SageMaker store as they are, with their responses. Where,
 * is in {@code <store>/endpoints/<name>/<endpoint>.json}, which {@code deploy} writes.
 *
 * @param name the dataset's name with its origin
 */
public record RequestCaptures(ArtifactStore store, String name) {
  private static final String PREFIX = "endpoints";
  private static final int SCHEMA = 1;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH").withZone(ZoneOffset.UTC);

  /**
   * Where an endpoint stores requests.
   *
   * @param schema the version of this document's form
   * @param endpoint the endpoint's name
   * @param folder below which there are folders of hours, {@code yyyy/mm/dd/hh}
   * @param days how long they are kept
   */
  public record Place(int schema, String endpoint, S3Location folder, int days) {}

  /**
   * A file of requests and responses, in JSON Lines.
   *
   * @param endpoint the endpoint's name
   * @param hour in which it was written, by its key
   */
  public record RequestFile(String endpoint, S3Location location, Instant hour) {}

  /**
   * Rejects a rule that such an endpoint cannot follow, since it stores whole requests.
   *
   * @param where the specification's name
   * @throws UserException naming the key and the fix
   */
  public static void requireWholeRequests(CaptureRule rule, String where) {
    List<String> wrong = new ArrayList<>();
    List<String> fixes = new ArrayList<>();
    if (rule.identifier() == CapturedIdentifier.HMAC) {
      wrong.add("capture.identifier is hmac (the default)");
      fixes.add("set capture.identifier to plain");
    }
    if (rule.identifier() == CapturedIdentifier.NONE) {
      wrong.add("capture.identifier is none");
      fixes.add("set capture.identifier to plain");
    }
    if (!rule.exclude().isEmpty()) {
      wrong.add("capture.exclude has " + String.join(", ", rule.exclude()));
      fixes.add("remove capture.exclude");
    }
    if (!wrong.isEmpty()) {
      throw new UserException(
          where
              + ": "
              + String.join(" and ", wrong)
              + ", but Amazon SageMaker stores requests as they are: "
              + String.join(" and ", fixes)
              + ", or serve the dataset with the project's own server, or remove the section"
              + " capture");
    }
  }

  /**
   * Records where an endpoint stores requests, before it does.
   *
   * @param folder {@code <prefix>/<endpoint>/<variant>}
   * @param days how long they are kept
   */
  public void register(S3Location folder, int days) {
    String[] parts = folder.key().split("/");
    String endpoint = parts[parts.length - 2];
    store
        .objects()
        .write(
            folder().resolve(endpoint + ".json"),
            CanonicalJson.bytes(new Place(SCHEMA, endpoint, folder, days)));
  }

  private S3Location folder() {
    return store.root().resolve(PREFIX + "/" + name);
  }

  /** Where endpoints store requests of this dataset. */
  public List<Place> places() {
    return places(store, folder());
  }

  private static List<Place> places(ArtifactStore store, S3Location folder) {
    return store.objects().list(folder, Optional.empty()).stream()
        .map(location -> place(store, location))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Place> place(ArtifactStore store, S3Location location) {
    return store
        .objects()
        .read(location)
        .map(json -> CanonicalJson.read(json, Place.class, location.toString()));
  }

  /**
   * The files that may have requests of a window, by endpoint and in the order of their keys: those
   * of its hours, of the hour before and of the hour after.
   */
  public List<RequestFile> around(TimeWindow window) {
    List<RequestFile> files = new ArrayList<>();
    for (Place place : places()) {
      Instant hour = window.from().truncatedTo(ChronoUnit.HOURS).minus(HOUR);
      for (; hour.isBefore(window.to().plus(HOUR)); hour = hour.plus(HOUR)) {
        for (S3Location file : files(place, FOLDER.format(hour))) {
          files.add(new RequestFile(place.endpoint(), file, hour));
        }
      }
    }
    return files;
  }

  /** All files, in the order of their keys. */
  public List<S3Location> all() {
    return places().stream().flatMap(place -> files(place, "").stream()).toList();
  }

  private List<S3Location> files(Place place, String hour) {
    S3Location folder = hour.isEmpty() ? place.folder() : place.folder().resolve(hour);
    return store.objects().list(folder, Optional.empty());
  }

  /** The files of all datasets that are older than they are kept, in the order of their keys. */
  public static List<S3Location> expired(ArtifactStore store, Instant now) {
    List<S3Location> expired = new ArrayList<>();
    for (Place place : places(store, store.root().resolve(PREFIX))) {
      Instant first = now.minus(Duration.ofDays(place.days()));
      S3Location kept = place.folder().resolve(FOLDER.format(first));
      store.objects().list(place.folder(), Optional.empty()).stream()
          .filter(file -> file.key().compareTo(kept.key()) < 0)
          .forEach(expired::add);
    }
    return expired;
  }
}
