package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a window's captured rows compare with those before, and with the training data. */
public record MonitoringArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "monitor";

  private static final String PROFILE = "profile";

  /**
   * An earlier window that counts.
   *
   * @param isReference whether it is part of the reference
   * @param isSince whether the averages are of it
   * @param isAccepted whether a person accepted it as part of the reference
   */
  public record Earlier(
      ProfileArtifact profile, boolean isReference, boolean isSince, boolean isAccepted) {
    private String role() {
      String reference = isAccepted ? "accepted" : "reference";
      return !isReference ? "since" : isSince ? reference + ", since" : reference;
    }
  }

  /**
   * The artifact at this location.
   *
   * @throws dev.propensity.foundation.UserException if there is none
   */
  public static MonitoringArtifact require(ArtifactStore store, S3Location uri) {
    return new MonitoringArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What is computed.
   *
   * @param evaluation of the model, whose groups are shown; empty where none are
   * @param earlier the windows before that count, in order
   */
  public static Computation computation(
      DatasetSpec spec,
      ProfileArtifact profile,
      Optional<EvaluationArtifact> evaluation,
      List<Earlier> earlier,
      Digest code) {
    SortedMap<String, JsonNode> parameters = SpecificationSections.of(spec, "title", "monitor");
    List<String> sensitive =
        spec.columns().stream()
            .filter(column -> column.sensitive() != Column.Sensitive.NO)
            .map(Column::name)
            .toList();
    parameters.put("sensitive", CanonicalJson.mapper().valueToTree(sensitive));
    List<String> roles = earlier.stream().map(Earlier::role).toList();
    parameters.put("history", CanonicalJson.mapper().valueToTree(roles));
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(PROFILE, profile.asInput());
    inputs.put(TrainedModelArtifact.INPUT, profile.model());
    evaluation.ifPresent(found -> inputs.put(EvaluationArtifact.PRODUCER, found.asInput()));
    for (int i = 0; i < earlier.size(); i++) {
      inputs.put(String.format(Locale.ROOT, "history.%03d", i), earlier.get(i).profile().asInput());
    }
    return new Computation(spec.name(), profile.origin(), PRODUCER, code, parameters, inputs);
  }

  /**
   * Writes the files into this folder.
   *
   * @param report the comparison as HTML
   */
  public static void write(Path folder, Monitoring monitoring, String report) throws IOException {
    Files.write(folder.resolve(Monitoring.FILE), CanonicalJson.bytes(monitoring));
    HtmlPage.write(folder, report);
  }

  /** Reads the comparison. */
  public Monitoring monitoring() {
    return CanonicalJson.read(
        files.read(Monitoring.FILE), Monitoring.class, files.location(Monitoring.FILE).toString());
  }
}
