package dev.propensity.tasks.prune;

import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The artifacts to keep: those of the ledgers' last entries, the champions' monitored windows,
 * predictions as long as their outcomes are kept, recent ones, and all their inputs.
 */
final class ReachableArtifacts {
  private static final Logger LOG = LoggerFactory.getLogger(ReachableArtifacts.class);
  private static final Pattern LEDGER = Pattern.compile("([^/]+)/releases/\\d{6}\\.json");

  private static final Set<String> JOINED =
      Set.of(PredictionsArtifact.PRODUCER, PerformanceArtifact.PRODUCER);

  private final ArtifactStore store;
  private final int keep;

  ReachableArtifacts(ArtifactStore store, int keep) {
    this.store = store;
    this.keep = keep;
  }

  /** The artifacts that are not needed and were written before the limit. */
  List<StoredArtifact> unreachable(List<StoredArtifact> all, Instant limit) {
    Set<S3Location> needed = new HashSet<>();
    Deque<S3Location> next = new ArrayDeque<>();
    ledgers()
        .forEach(
            ledger -> {
              released(ledger).forEach(next::add);
              monitored(ledger).forEach(next::add);
            });
    all.stream()
        .filter(artifact -> artifact.finished() && !artifact.written().isBefore(limit))
        .map(StoredArtifact::uri)
        .forEach(next::add);
    joined(all).forEach(next::add);
    while (!next.isEmpty()) {
      S3Location uri = next.pop();
      if (needed.add(uri)) {
        inputs(uri).forEach(next::add);
      }
    }
    return all.stream()
        .filter(artifact -> artifact.written().isBefore(limit) && !needed.contains(artifact.uri()))
        .toList();
  }

  /** The predictions to which outcomes may be joined, and the performances they showed. */
  private Stream<S3Location> joined(List<StoredArtifact> all) {
    Map<String, Optional<Instant>> since = new HashMap<>();
    return all.stream()
        .filter(
            artifact -> {
              String[] place = store.relative(artifact.uri()).split("/");
              return JOINED.contains(place[1])
                  && since
                      .computeIfAbsent(place[0], this::firstJoined)
                      .filter(first -> !artifact.written().isBefore(first))
                      .isPresent();
            })
        .map(StoredArtifact::uri);
  }

  private Optional<Instant> firstJoined(String name) {
    return new Outcomes(store, name).kept().map(Instant.now()::minus);
  }

  // A damaged manifest ends the task: its inputs are unknown.
  private Stream<S3Location> inputs(S3Location uri) {
    Optional<Artifact> artifact = store.find(uri);
    if (artifact.isEmpty()) {
      LOG.warn("{} is needed but missing", uri);
    }
    return artifact.stream().flatMap(a -> a.manifest().inputs().values().stream()).map(Input::uri);
  }

  private Stream<ReleaseLedger> ledgers() {
    Set<String> names = new TreeSet<>();
    for (S3Location location : store.objects().list(store.root(), Optional.empty())) {
      Matcher matcher = LEDGER.matcher(store.relative(location));
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names.stream().map(name -> ReleaseLedger.at(store, name));
  }

  private Stream<S3Location> released(ReleaseLedger ledger) {
    int last = ledger.latest().map(LedgerEntry::number).orElse(0);
    Set<S3Location> uris = new HashSet<>();
    for (int number = Math.max(1, last - keep + 1); number <= last; number++) {
      LedgerEntry entry = ledger.entry(number);
      Stream.of(entry.subject(), entry.champion(), entry.previous(), entry.challenger())
          .filter(Objects::nonNull)
          .flatMap(ReachableArtifacts::parts)
          .forEach(uris::add);
    }
    return uris.stream();
  }

  /**
   * The windows of the champion, which the next one is compared with, and those of the previous.
   */
  private Stream<S3Location> monitored(ReleaseLedger ledger) {
    Set<Digest> models =
        ledger.latest().stream()
            .flatMap(entry -> Stream.of(entry.champion(), entry.previous()))
            .filter(Objects::nonNull)
            .map(Release::digest)
            .collect(Collectors.toSet());
    return new MonitoringLedger(store, ledger.name())
        .all().stream()
            .filter(entry -> models.contains(entry.model()))
            .flatMap(entry -> Stream.of(entry.profile(), entry.monitoring()))
            .filter(Objects::nonNull);
  }

  private static Stream<S3Location> parts(Release release) {
    return Stream.of(release.model(), release.evaluation()).filter(Objects::nonNull);
  }
}
