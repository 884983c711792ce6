package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.ReadAhead;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The table as it came from its source, compressed. */
public record RawTable(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "download";

  /** The name of this artifact among the inputs of a computation. */
  static final String INPUT = "raw";

  /** The table, a CSV in gzip. */
  public static final String ROWS = "data.csv.gz";

  private static final String DESCRIPTION = "raw.json";

  /**
   * Used in the artifact's key in place of the code: raw bytes depend only on their source and this
   * format, so that new code finds existing rows.
   */
  private static final Digest FORM = Digest.of("raw artifact, form 1");

  private static final int BUFFER = 1 << 16;

  /**
   * The content of {@code raw.json}.
   *
   * @param rows data rows, the header left out
   * @param bytes of the uncompressed CSV
   * @param sha256 of the uncompressed CSV
   * @param columns the header's names
   */
  public record Description(long rows, long bytes, Digest sha256, List<String> columns) {
    /** Writes {@code raw.json} into this folder. */
    public void write(Path folder) throws IOException {
      Files.write(folder.resolve(DESCRIPTION), CanonicalJson.bytes(this));
    }
  }

  /** Reads the rows of the table. */
  public interface Reader<T> {
    /** Reads this CSV; does not close it. */
    T read(InputStream csv) throws IOException;
  }

  /**
   * The raw table at this location.
   *
   * @throws dev.propensity.foundation.UserException if there is none
   */
  public static RawTable require(ArtifactStore store, S3Location uri) {
    return new RawTable(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /** What is computed: the table depends only on its bytes, whatever their source. */
  public static Computation computation(DatasetSpec spec, Origin origin, Description description) {
    return new Computation(
        spec.name(),
        origin,
        PRODUCER,
        FORM,
        new TreeMap<>(Map.of("sha256", new TextNode(description.sha256().hex()))),
        new TreeMap<>());
  }

  /**
   * The name of a dataset's table in error messages, since users do not know file names in the
   * store.
   */
  public static String nameOf(DatasetSpec spec) {
    return "the raw table of " + spec.name();
  }

  /**
   * Streams the rows.
   *
   * @throws dev.propensity.foundation.UserException if the file is damaged, which may be detected
   *     only at its end
   */
  public <T> T read(Reader<T> reader) throws IOException {
    try (InputStream file = files.store().open(artifact(), ROWS);
        InputStream csv = new ReadAhead(new GZIPInputStream(file, BUFFER))) {
      T result = reader.read(csv);
      file.transferTo(OutputStream.nullOutputStream()); // the digest is checked at the very end
      return result;
    }
  }
}
