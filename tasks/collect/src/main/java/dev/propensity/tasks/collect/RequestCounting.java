package dev.propensity.tasks.collect;

import dev.propensity.artifacts.FetchedFile;
import dev.propensity.artifacts.RequestCaptures.RequestFile;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.profile.ProfileBuilder;
import dev.propensity.monitoring.sagemaker.EventSegments;
import dev.propensity.monitoring.sagemaker.EventSegments.EventSegment;
import dev.propensity.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Counts the requests that endpoints on SageMaker stored, file by file: each as segments. */
final class RequestCounting {
  private final ProfileBuilder profile;
  private final SortedMap<String, Digest> digests;
  private final EventSegments events;
  private final FetchedFile file;
  private final Path scratch;

  /**
   * @param profile that counts the rows
   * @param digests gets those of the files that were counted, by their locations
   * @param scratch an empty folder
   */
  RequestCounting(
      ObjectStore objects,
      EventSegments events,
      ProfileBuilder profile,
      SortedMap<String, Digest> digests,
      Path scratch) {
    this.profile = profile;
    this.digests = digests;
    this.events = events;
    this.scratch = scratch;
    this.file = new FetchedFile(objects, scratch.resolve("requests.jsonl"));
  }

  void count(List<RequestFile> files) throws IOException {
    for (RequestFile one : files) {
      String id = one.location().toString();
      Digest digest = file.fetch(one.location());
      if (digest != null && count(one, id)) {
        digests.put(id, digest);
      }
    }
  }

  /** Counts a file; returns whether the window has something of it. */
  private boolean count(RequestFile one, String id) throws IOException {
    boolean counted = false;
    for (EventSegment segment :
        events.convert(file.path(), id, one.hour(), one.endpoint(), scratch)) {
      try (SegmentReader reader = new SegmentReader(segment.path(), segment.id())) {
        counted |= profile.add(segment.id(), segment.hour(), reader);
      }
    }
    return counted;
  }
}
