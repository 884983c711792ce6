package dev.propensity.tasks.promote;

import dev.propensity.testing.HelpText;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PromoteHelpTest {
  @Test
  void saysWhatItSaid() throws IOException {
    HelpText.assertUnchanged(new PromoteTask());
  }
}
