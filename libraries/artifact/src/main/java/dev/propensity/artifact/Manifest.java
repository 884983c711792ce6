package dev.propensity.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.util.SortedMap;

/**
 * What an artifact is and how it came about; the last object written of it, as canonical JSON. No
 * time, host or run stands in it: equal work has equal manifests.
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
    Manifest manifest = CanonicalJson.read(json, Manifest.class, where);
    if (manifest.schema() != SCHEMA) {
      throw new UserException(
          where + " has schema " + manifest.schema() + "; this version reads 1 to " + SCHEMA);
    }
    return manifest;
  }

  /** The data set's name with its origin: {@code insurance} or {@code insurance-sample}. */
  public String name() {
    return origin.nameOf(dataset);
  }
}
