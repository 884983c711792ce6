package dev.propensity.tasks.serve;

import dev.propensity.model.Offers;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelLoader;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.Bounds;
import dev.propensity.tasks.serve.upload.UploadBounds;
import java.io.IOException;
import java.nio.file.Path;

/** A server of a small real model. */
final class OffersServer {
  private OffersServer() {}

  /** Starts a server of a model that is trained into this folder. */
  static EndpointServer start(Path folder, Bounds bounds, UploadBounds uploads) throws IOException {
    ServedModel served = ModelLoader.load(Offers.trainPlain(folder, 1));
    EndpointServer server =
        new EndpointServer(
            new ModelHolder(ModelStatus.waiting("").swapped(0, served, null, null)),
            ServerSettings.local(bounds, uploads));
    server.start();
    return server;
  }
}
