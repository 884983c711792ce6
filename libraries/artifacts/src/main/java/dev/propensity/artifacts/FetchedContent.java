package dev.propensity.artifacts;

import dev.propensity.foundation.Digest;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The content of objects that are fetched into memory, one after another. */
public final class FetchedContent extends ByteArrayOutputStream {
  private final ObjectStore objects;

  public FetchedContent(ObjectStore objects) {
    super(1 << 20);
    this.objects = objects;
  }

  /** Fetches an object and returns its digest; null where it was deleted since it was listed. */
  public @Nullable Digest fetch(S3Location location) throws IOException {
    reset();
    return Fetching.fetch(objects, location, this);
  }

  /** The last object, until the next one is fetched. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(buf, 0, count);
  }
}
