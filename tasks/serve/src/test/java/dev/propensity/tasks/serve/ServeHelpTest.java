package dev.propensity.tasks.serve;

import dev.propensity.testing.HelpText;
import org.junit.jupiter.api.Test;

class ServeHelpTest {
  @Test
  void theHelpIsUnchanged() throws Exception {
    HelpText.assertUnchanged(new ServeTask());
  }
}
