package dev.propensity.tasks.serve;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.ArtifactStore;
import dev.propensity.artifact.Computation;
import dev.propensity.artifact.Origin;
import dev.propensity.foundation.Digest;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Small real models in a store, and a ledger that releases them. */
final class Releases {
  private final ArtifactStore store;
  private final String name;
  private final ReleaseLedger ledger;
  private final Path folder;
  private int models;

  /**
   * @param name of the ledger
   * @param folder where models are made
   */
  Releases(ArtifactStore store, String name, Path folder) {
    this.store = store;
    this.name = name;
    this.ledger = new ReleaseLedger(store, name);
    this.folder = folder;
  }

  ReleaseLedger ledger() {
    return ledger;
  }

  /** Where the model of this seed was made. */
  Path directory(long seed) {
    return folder.resolve("model-" + seed);
  }

  /** Registers a new model as the next version, with its files as they are after this change. */
  Release model(long seed, UnaryOperator<Path> change) throws IOException {
    Path made = Offers.train(Files.createDirectory(directory(seed)), seed);
    TreeMap<String, com.fasterxml.jackson.databind.JsonNode> parameters = new TreeMap<>();
    parameters.put("seed", IntNode.valueOf((int) seed));
    Artifact artifact =
        store.commit(
            new Computation(
                name, Origin.REAL, "train", Digest.of("code"), parameters, new TreeMap<>()),
            change.apply(made));
    return new Release(
        ++models,
        artifact.uri(),
        Release.digestOf(artifact),
        store.root().resolve(name + "/evaluate/" + Digest.of(artifact.uri().toString())));
  }

  Release model(long seed) throws IOException {
    return model(seed, UnaryOperator.identity());
  }

  /** A model whose sample rows do not score as recorded. */
  Release faulty(long seed) throws IOException {
    return model(
        seed,
        made -> {
          Path file = made.resolve("sample-rows.json");
          try {
            String json = Files.readString(file);
            Files.writeString(file, json.replaceFirst("\"score\":0\\.\\d+", "\"score\":0.5"));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return made;
        });
  }

  LedgerEntry release(Release release) {
    return ledger.append(last -> new NextEntry(name, last, "test", "test").released(release));
  }

  LedgerEntry challenger(Release release) {
    return ledger.append(last -> new NextEntry(name, last, "test", "test").challenger(release));
  }
}
