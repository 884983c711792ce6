package dev.propensity.tracking;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Concurrently;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered, append-only series of small documents in one folder: {@code 000001.json} and so on.
 * Each is put only if its number is free, so that of two writers one is first.
 *
 * @param <E> an entry, which is written as canonical JSON
 */
final class NumberedEntries<E extends NumberedEntry> {
  private static final Pattern ENTRY = Pattern.compile("(\\d{6})\\.json");

  private final ArtifactStore store;
  private final String name;
  private final Supplier<S3Location> folder;
  private final BiFunction<byte[], String, E> parse;

  /**
   * @param name the dataset's name with its origin, of all entries
   * @param parse reads an entry's bytes; the text is its location, for errors
   */
  NumberedEntries(
      ArtifactStore store,
      String name,
      Supplier<S3Location> folder,
      BiFunction<byte[], String, E> parse) {
    this.store = store;
    this.name = name;
    this.folder = folder;
    this.parse = parse;
  }

  /** The last entry if it is newer than the given number: one cheap request, for polling. */
  Optional<E> newerThan(int number) {
    List<Integer> numbers = numbersAfter(number);
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(entry(numbers.get(numbers.size() - 1)));
  }

  /** All entries that are newer than the given number, in order. */
  List<E> after(int number) {
    return Concurrently.map(numbersAfter(number), this::entry);
  }

  /** The last entries, at most so many, in order. */
  List<E> last(int most) {
    List<Integer> numbers = numbersAfter(0);
    return numbers.subList(Math.max(0, numbers.size() - most), numbers.size()).stream()
        .map(this::entry)
        .toList();
  }

  private List<Integer> numbersAfter(int number) {
    Optional<S3Location> after = number == 0 ? Optional.empty() : Optional.of(location(number));
    List<Integer> numbers =
        store.objects().list(folder.get(), after).stream()
            .map(this::numberAt)
            .flatMap(Optional::stream)
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != number + 1 + i) {
        throw new UserException(
            "the ledger at "
                + folder.get()
                + " has a gap: "
                + location(number + 1 + i)
                + " is missing");
      }
    }
    return numbers;
  }

  /**
   * The entry of this number.
   *
   * @throws UserException if there is none or it is damaged
   */
  E entry(int number) {
    S3Location location = location(number);
    byte[] bytes =
        store
            .objects()
            .read(location)
            .orElseThrow(() -> new UserException("no ledger entry at " + location));
    E entry = parse.apply(bytes, location.toString());
    if (entry.number() != number || !entry.name().equals(name)) {
      throw new UserException(location + " is the entry " + entry.number() + " of " + entry.name());
    }
    return entry;
  }

  /** The location of the entry with this number. */
  S3Location location(int number) {
    return folder.get().resolve(String.format(Locale.ROOT, "%06d.json", number));
  }

  /** The number of the entry at this location; empty if it is none of this series. */
  Optional<Integer> numberAt(S3Location location) {
    String prefix = folder.get().key() + "/";
    if (!location.bucket().equals(folder.get().bucket()) || !location.key().startsWith(prefix)) {
      return Optional.empty();
    }
    Matcher matcher = ENTRY.matcher(location.key().substring(prefix.length()));
    return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  /**
   * Appends the entry that {@code next} creates from the last one; retries with the newer last
   * entry if another writer was first.
   *
   * @param next may return the last entry itself: then nothing is appended
   * @return the entry that {@code next} returned
   */
  E append(Function<Optional<E>, E> next) {
    Optional<E> last = newerThan(0);
    while (true) {
      E entry = next.apply(last);
      int number = last.map(NumberedEntry::number).orElse(0);
      if (entry.number() <= number) {
        return entry;
      }
      if (entry.number() != number + 1 || !entry.name().equals(name)) {
        throw new IllegalArgumentException(entry + " does not follow " + number + " of " + name);
      }
      byte[] bytes = CanonicalJson.bytes(entry);
      if (Arrays.equals(bytes, store.objects().writeIfAbsent(location(number + 1), bytes))) {
        return entry;
      }
      last = newerThan(number);
      if (last.isEmpty()) {
        throw new UnavailableException(location(number + 1) + " is there but not listed yet");
      }
    }
  }
}
