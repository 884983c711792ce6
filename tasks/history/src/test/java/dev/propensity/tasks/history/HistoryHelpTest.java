package dev.propensity.tasks.history;

import dev.propensity.testing.HelpText;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HistoryHelpTest {
  @Test
  void saysWhatItSaid() throws IOException {
    HelpText.assertUnchanged(new HistoryTask());
  }
}
