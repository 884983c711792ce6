package dev.propensity.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A computation, which fully determines its artifact: task, code, parameters and inputs.
 *
 * @param dataset the dataset's name, without {@code -synthetic}
 * @param origin whether the rows are real
 * @param task the task's name, as on the command line
 * @param code one digest over all jars
 * @param parameters the options that can change a byte, defaults included, and the sections of the
 *     specification that the task reads
 * @param inputs the artifacts read, by the name of the option that names them
 */
public record Computation(
    String dataset,
    Origin origin,
    String task,
    Digest code,
    SortedMap<String, JsonNode> parameters,
    SortedMap<String, Input> inputs) {

  public Computation {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }

  /**
   * The artifact's key: the SHA-256 of this computation's canonical JSON. Inputs count by their
   * keys (the last part of their URI) and digests, so that a store may move.
   */
  public Digest key() {
    SortedMap<String, Map<String, String>> inputKeys = new TreeMap<>();
    inputs.forEach(
        (name, input) -> {
          String uri = input.uri().key();
          inputKeys.put(
              name,
              Map.of(
                  "key", uri.substring(uri.lastIndexOf('/') + 1), "digest", input.digest().hex()));
        });
    return CanonicalJson.digest(
        Map.of(
            "dataset", dataset,
            "origin", origin.inKeys(),
            "task", task,
            "code", code,
            "parameters", parameters,
            "inputs", inputKeys));
  }

  /** The artifact's location: {@code <store>/<dataset>[-synthetic]/<task>/<key>}. */
  public S3Location location(S3Location store) {
    return store.resolve(path());
  }

  /** The artifact's location relative to a store. */
  String path() {
    return path(origin.nameOf(dataset));
  }

  /**
   * Whether this is a valid location of the artifact, including the name that earlier versions
   * wrote.
   */
  boolean isAt(S3Location uri) {
    String name = origin.nameOf(dataset);
    return uri.key().endsWith(path(name))
        || Origin.formerName(name).filter(former -> uri.key().endsWith(path(former))).isPresent();
  }

  private String path(String name) {
    return name + "/" + task + "/" + key();
  }
}
