package dev.propensity.tasks.serve;

import dev.propensity.tasks.serve.http.ApiKeys;
import dev.propensity.tasks.serve.http.PeerSettings;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;

/**
 * The server's address, limits, access and peers.
 *
 * @param port 0 for a free one
 */
record ServerSettings(
    String host, int port, Bounds bounds, UploadBounds uploads, ApiKeys keys, PeerSettings peers) {
  static final String LOCAL = "127.0.0.1";

  /** Local only, on a free port, without keys. */
  static ServerSettings local(Bounds bounds, UploadBounds uploads) {
    return new ServerSettings(LOCAL, 0, bounds, uploads, ApiKeys.off(), PeerSettings.none());
  }
}
