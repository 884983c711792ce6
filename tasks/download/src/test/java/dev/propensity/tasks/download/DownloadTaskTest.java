package dev.propensity.tasks.download;

import dev.propensity.task.HelpText;
import org.junit.jupiter.api.Test;

class DownloadTaskTest {
  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new DownloadTask());
  }
}
