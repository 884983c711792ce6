package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Offers;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Small real models in a store, and a ledger that releases them. */
public final class Releases {
  private final ArtifactStore store;
  private final String name;
  private final ReleaseLedger ledger;
  private final Path folder;
  private int models;

  /**
   * @param name of the ledger
   * @param folder for the models
   */
  public Releases(ArtifactStore store, String name, Path folder) {
    this.store = store;
    this.name = name;
    this.ledger = new ReleaseLedger(store, name);
    this.folder = folder;
  }

  public ReleaseLedger ledger() {
    return ledger;
  }

  /** The location of an entry. */
  public String uri(LedgerEntry entry) {
    return ledger.location(entry.number()).toString();
  }

  /** The folder of the model of this seed. */
  public Path directory(long seed) {
    return folder.resolve("model-" + seed);
  }

  /** Registers a new model as the next version, with its files as they are after this change. */
  private Release model(long seed, UnaryOperator<Path> change) throws IOException {
    Path made = Offers.trainPlain(Files.createDirectory(directory(seed)), seed);
    Artifact model = commit("train", seed, change.apply(made));
    Path evaluated = Files.createDirectory(folder.resolve("evaluation-" + seed));
    Files.writeString(
        evaluated.resolve("evaluation.json"), "{\"candidate\":{\"scalars\":{\"auc\":0.75}}}");
    return new Release(
        ++models, model.uri(), Release.digestOf(model), commit("evaluate", seed, evaluated).uri());
  }

  private Artifact commit(String task, long seed, Path made) {
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("seed", IntNode.valueOf((int) seed));
    return store.commit(
        new Computation(name, Origin.REAL, task, Digest.of("code"), parameters, new TreeMap<>()),
        made);
  }

  public Release model(long seed) throws IOException {
    return model(seed, UnaryOperator.identity());
  }

  /** A model whose sample rows do not score as recorded. */
  public Release faulty(long seed) throws IOException {
    return model(
        seed,
        made -> {
          Path file = made.resolve("sample-rows.json");
          try {
            String json = Files.readString(file);
            Files.writeString(file, json.replaceFirst("\"score\":0\\.\\d+", "\"score\":0.5"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return made;
        });
  }

  public LedgerEntry release(Release release) {
    return ledger.append(last -> new NextEntry(name, last, "test", "test").released(release));
  }

  public LedgerEntry challenger(Release release) {
    return ledger.append(last -> new NextEntry(name, last, "test", "test").challenger(release));
  }
}
