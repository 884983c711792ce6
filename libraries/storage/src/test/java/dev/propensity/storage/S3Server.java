package dev.propensity.storage;

import dev.propensity.storage.s3.S3Connection;
import dev.propensity.storage.s3.S3ObjectStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real S3 server in the test's process, its objects in memory, on a free port, for all tests of a
 * class: {@code @RegisterExtension static final S3Server S3 = new S3Server();}
 */
public final class S3Server implements BeforeAllCallback, AfterAllCallback {
  private static final String BUCKET = "propensity";
  private static final String KEY = "local-identity";
  private static final String SECRET = "local-credential";

  private final Path folder;
  private S3Proxy proxy;
  private ObjectStore objects;

  /** A server that keeps its objects in memory. */
  public S3Server() {
    this(null);
  }

  private S3Server(Path folder) {
    this.folder = folder;
  }

  /** A server that keeps its objects in this folder. */
  public static S3Server in(Path folder) {
    return new S3Server(folder);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (proxy != null) { // else another extension skipped the class before
      stop();
    }
  }

  /** Starts the server with one empty bucket, for use without JUnit's life cycle. */
  public S3Server start() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.identity", KEY);
    properties.setProperty("jclouds.credential", SECRET);
    if (folder != null) {
      properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    }
    BlobStore blobs =
        BlobStores.create(folder == null ? "transient-nio2" : "filesystem-nio2", properties);
    proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .ignoreUnknownHeaders(true)
            .stopTimeout(0)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    proxy.start();
    objects = new S3ObjectStore(environment());
    try (var client = new S3Connection(environment()).client()) {
      client.createBucket(create -> create.bucket(BUCKET));
    }
    return this;
  }

  /** Stops the server; its objects are gone. */
  public void stop() throws Exception {
    objects.close();
    proxy.stop();
  }

  /** The server's address. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** The environment of a task that uses this server, for {@code Task.run}. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        endpoint().toString(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "PROPENSITY_STORE",
        root().toString());
  }

  /** The store's root on this server. */
  public S3Location root() {
    return new S3Location(BUCKET, "store");
  }

  /** This server's objects. */
  public ObjectStore objects() {
    return objects;
  }

  /** The artifacts on this server. */
  public ArtifactStore store() {
    return new ArtifactStore(objects, root());
  }
}
