package dev.propensity.tracking;

import dev.propensity.storage.Origin;
import dev.propensity.tracking.ModelRegistry.Registered;
import dev.propensity.tracking.ModelRegistry.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates MLflow's registered model from the ledger: a version for each of its versions, in their
 * order, so that the numbers agree; the aliases {@code champion}, {@code challenger} and {@code
 * previous}; tags and descriptions. It is idempotent, and restores a lost database.
 */
final class RegistryMirror {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryMirror.class);

  /** The registered model's tag with the last mirrored ledger entry. */
  private static final String ENTRY = "propensity.ledger-entry";

  private static final String DECISION = "propensity.decision";

  private final Tracking tracking;
  private final ReleaseLedger ledger;
  private final ModelRegistry registry;

  RegistryMirror(Tracking tracking, ModelRegistry registry, ReleaseLedger ledger) {
    this.tracking = tracking;
    this.registry = registry;
    this.ledger = ledger;
  }

  /** Mirrors this state, and entries that others appended meanwhile. */
  void update(LedgerEntry state) {
    LedgerEntry entry = state;
    while (updateOnce(entry)) {
      // Another process may have mirrored a newer state meanwhile, which this one reverted.
      Optional<LedgerEntry> newer = ledger.newerThan(entry.number());
      if (newer.isEmpty()) {
        return;
      }
      entry = newer.get();
    }
  }

  /** Whether anything was changed. */
  private boolean updateOnce(LedgerEntry given) {
    Optional<State> there = registry.find();
    if (there.isEmpty()) {
      registry.create(Map.of("propensity.origin", origin()), modelDescription());
    }
    LedgerEntry state = given;
    int mirrored = mirrored(there);
    if (mirrored > given.number()) {
      Optional<LedgerEntry> newer = ledger.newerThan(given.number());
      state = newer.orElse(given);
      mirrored = newer.isPresent() ? mirrored : 0; // another ledger's, which is lost
    }
    Map<String, Integer> aliases = there.map(State::aliases).orElse(Map.of());
    SortedMap<Integer, Registered> versions = there.map(State::versions).orElseGet(TreeMap::new);
    boolean missing = versions.size() < state.versions();
    boolean changed = false;
    for (LedgerEntry entry : entriesAfter(missing ? 0 : mirrored, state)) {
      mirror(entry, versions);
      changed = true;
    }
    for (var alias : desiredAliases(state).entrySet()) {
      Registered version = alias.getValue().map(r -> versions.get(r.version())).orElse(null);
      Integer number = version == null ? null : Integer.valueOf(version.number());
      if (number == null && aliases.containsKey(alias.getKey())) {
        registry.removeAlias(alias.getKey());
        changed = true;
      } else if (number != null && !number.equals(aliases.get(alias.getKey()))) {
        registry.alias(alias.getKey(), number);
        changed = true;
      }
    }
    if (changed) {
      registry.tag(ENTRY, Integer.toString(state.number()));
    }
    return changed;
  }

  private void mirror(LedgerEntry entry, SortedMap<Integer, Registered> versions) {
    Release subject = entry.subject();
    Registered version = versions.get(subject.version());
    String decision = entry.action() + " in entry " + entry.number() + ": " + entry.why();
    if (version == null) {
      version = create(subject, decision);
      versions.put(subject.version(), version);
    }
    tag(version, DECISION, decision);
    tag(version, "propensity.evaluation", subject.evaluation().toString());
  }

  private Registered create(Release release, String decision) {
    Registered version =
        registry.createVersion(
            release.version(),
            release.model().toString(),
            run(release).map(Run::id),
            Map.of(
                Tracking.MODEL_TAG,
                release.model().toString(),
                "propensity.digest",
                release.digest().hex(),
                "propensity.evaluation",
                release.evaluation().toString(),
                "propensity.origin",
                origin(),
                DECISION,
                decision),
            versionDescription(release));
    if (version.number() != release.version()) {
      LOG.warn(
          "version {} of {} is {} in MLflow: somebody registered or deleted versions there",
          release.version(),
          ledger.name(),
          version.number());
    }
    return version;
  }

  private void tag(Registered version, String key, String value) {
    if (!value.equals(version.tags().get(key))) {
      registry.tagVersion(version.number(), key, value);
    }
  }

  private List<LedgerEntry> entriesAfter(int number, LedgerEntry state) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = number + 1; i < state.number(); i++) {
      entries.add(ledger.entry(i));
    }
    if (number < state.number()) {
      entries.add(state);
    }
    return entries;
  }

  private static int mirrored(Optional<State> there) {
    String tag = there.map(state -> state.model().tags().get(ENTRY)).orElse(null);
    return tag == null || !tag.matches("\\d{1,6}") ? 0 : Integer.parseInt(tag);
  }

  private static Map<String, Optional<Release>> desiredAliases(LedgerEntry state) {
    return new TreeMap<>(
        Map.of(
            "champion", Optional.ofNullable(state.champion()),
            "challenger", Optional.ofNullable(state.challenger()),
            "previous", Optional.ofNullable(state.previous())));
  }

  private boolean isSynthetic() {
    return Origin.ofName(ledger.name()) == Origin.SYNTHETIC;
  }

  private String origin() {
    return Origin.ofName(ledger.name()).toString();
  }

  /** The run that logged the model, including in the experiment of the ledger's former name. */
  private Optional<Run> run(Release release) {
    return tracking
        .find(ledger.name(), release.model())
        .or(
            () ->
                Origin.formerName(ledger.name())
                    .flatMap(former -> tracking.find(former, release.model())));
  }

  private String modelDescription() {
    String mirror =
        "Mirrors the release ledger at "
            + ledger.location(1).toString().replace("000001.json", "")
            + ": the alias champion is live on the endpoint.";
    return isSynthetic() ? Descriptions.SYNTHETIC + " " + mirror : mirror;
  }

  private String versionDescription(Release release) {
    String files = "The model is " + release.model() + ".";
    return isSynthetic() ? Descriptions.SYNTHETIC + " " + files : files;
  }
}
