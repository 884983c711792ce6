package dev.propensity.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An artifact's content and provenance; its last object to be written, as canonical JSON. It
 * contains no time, host or run: equal computations have equal manifests.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param files the artifact's files by their path below it, the manifest itself left out
 * @see Computation for the other parts
 */
public record Manifest(
    int schema,
    String dataset,
    Origin origin,
    String task,
    Digest code,
    SortedMap<String, JsonNode> parameters,
    SortedMap<String, Input> inputs,
    SortedMap<String, FileEntry> files) {
  /** The version that this code writes. */
  public static final int SCHEMA = 1;

  public Manifest {
    requirePresent(dataset, "dataset");
    requirePresent(origin, "origin");
    requirePresent(task, "task");
    requirePresent(code, "code");
    parameters = sorted(parameters, "parameters");
    inputs = sorted(inputs, "inputs");
    files = sorted(files, "files");
  }

  /** The object's name below the artifact's location. */
  public static final String NAME = "manifest.json";

  /** The manifest of what a computation wrote. */
  public static Manifest of(Computation computation, SortedMap<String, FileEntry> files) {
    return new Manifest(
        SCHEMA,
        computation.dataset(),
        computation.origin(),
        computation.task(),
        computation.code(),
        computation.parameters(),
        computation.inputs(),
        files);
  }

  /**
   * Reads a manifest's bytes.
   *
   * @param where the manifest's URI, for the error's text
   * @throws UserException if they are damaged or of a later schema
   */
  public static Manifest parse(byte[] json, String where) {
    JsonNode tree = CanonicalJson.read(json, JsonNode.class, where);
    if (tree.path("schema").asInt(SCHEMA) > SCHEMA) {
      throw new UserException(
          where
              + " has schema "
              + tree.get("schema").asInt()
              + "; this version reads 1 to "
              + SCHEMA);
    }
    return CanonicalJson.read(json, Manifest.class, where);
  }

  /** What was computed. */
  public Computation computation() {
    return new Computation(dataset, origin, task, code, parameters, inputs);
  }

  /** The dataset's name with its origin: {@code insurance} or {@code insurance-synthetic}. */
  public String name() {
    return origin.nameOf(dataset);
  }

  private static void requirePresent(Object part, String name) {
    if (part == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
  }

  private static <T> SortedMap<String, T> sorted(SortedMap<String, T> map, String name) {
    requirePresent(map, name);
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
