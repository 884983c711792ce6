package dev.propensity.tasks.predict;

import dev.propensity.testing.HelpText;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PredictHelpTest {
  @Test
  void saysWhatItSaid() throws IOException {
    HelpText.assertUnchanged(new PredictTask());
  }
}
