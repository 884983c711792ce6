package dev.propensity.tasks.verify;

import dev.propensity.testing.HelpText;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VerifyHelpTest {
  @Test
  void saysWhatItSaid() throws IOException {
    HelpText.assertUnchanged(new VerifyTask());
  }
}
